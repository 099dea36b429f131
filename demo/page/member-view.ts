/** One member's column. */

import { make, soon, write } from '../dom.js'
import type { Member } from '../messenger/member.js'
import type { MemberRecord } from '../messenger/record.js'
import type { Seat } from '../messenger/seat.js'
import { leavingLeaves, type Roster } from '../messenger/stack.js'
import { leave, read, release, renewKeys, say, whisper } from '../sending/actions.js'
import { button } from './button.js'
import { Composer, type Written } from './composer.js'
import { deviceMenu } from './device-menu.js'
import { LogView } from './log-view.js'
import type { MemberActions } from './member-actions.js'
import { backlogView, failureView, restLabels, restView } from './rest-view.js'

export class MemberView {
  readonly element: HTMLElement
  readonly #seat: Seat
  readonly #actions: MemberActions
  readonly #place = make('span', 'place')
  readonly #title: HTMLElement
  readonly #note = make('div', 'member-note')
  readonly #rest = make('div', 'rest')
  readonly #log: LogView
  readonly #composer: Composer
  readonly #controls: Record<'renew' | 'leave' | 'again', HTMLButtonElement>

  constructor(seat: Seat, actions: MemberActions) {
    this.#seat = seat
    this.#actions = actions
    const { name } = seat
    this.#composer = new Composer(name, (written) => this.#send(written))
    this.#log = new LogView(name, {
      inspect: actions.inspect,
      read: (id) =>
        this.#go(
          (member) => member.act(read(id)),
          'The receipt is a targeted message, too: only the sender sees it.',
        ),
      release: (id) =>
        this.#go(
          (member) => member.act(release(id)),
          'The whisper is on its way, sealed with the keys of its epoch.',
        ),
    })
    this.#controls = {
      renew: button('Renew keys', 'small', () =>
        this.#go(
          (member) => member.act(renewKeys),
          `${name} commits: new keys for ${name}, and a new epoch for everybody.`,
        ),
      ),
      leave: button('Leave', 'small', () =>
        this.#go((member) => member.act(leave), `${name} proposes to leave, and another member commits it.`),
      ),
      again: button('Join again', 'small', () =>
        this.#go(
          (member) => member.joinAgain(),
          `${name} publishes a KeyPackage, and a member commits to add ${name}.`,
        ),
      ),
    }
    for (const control of Object.values(this.#controls)) {
      control.setAttribute('aria-label', `${name}: ${control.textContent}`)
    }
    this.#title = make('h3', '', name)
    this.#title.tabIndex = -1
    this.element = this.#build(name)
    const update = soon(() => this.#keepFocus(() => this.#update()), 50)
    seat.addEventListener('change', update)
    this.#update()
  }

  #build(name: string): HTMLElement {
    const avatar = make('span', 'avatar', name.charAt(0))
    avatar.setAttribute('aria-hidden', 'true')
    const head = make('header', '', avatar, make('div', '', this.#title, this.#place))
    const menu = deviceMenu(this.#seat, this.#actions)
    const controls = make('div', 'controls', ...Object.values(this.#controls), menu)
    this.#note.setAttribute('aria-live', 'polite')
    const talk = make('div', 'talk', this.#log.element, this.#note, this.#rest)
    const element = make('article', 'member', head, talk, this.#composer.element, controls)
    element.setAttribute('aria-label', name)
    element.dataset['member'] = name
    return element
  }

  #go(action: (member: Member) => Promise<void>, done: string): Promise<boolean> {
    return this.#actions.act(async () => {
      const { member } = this.#seat
      if (!member) throw new Error(`${this.#seat.name} is not awake.`)
      await action(member)
      return done
    })
  }

  #send({ text, recipients, delivery }: Written): Promise<boolean> {
    const { name } = this.#seat
    return recipients.length === 0
      ? this.#go(
          (member) => member.act(say(text)),
          `${name} spoke to everybody: one message, which all members open.`,
        )
      : this.#go(
          (member) => member.act(whisper({ text, recipients, delivery })),
          whispered(name, recipients, delivery),
        )
  }

  #update(): void {
    const { member, rest } = this.#seat
    const record = member?.record
    const isLeaving = record !== undefined && isAboutToLeave(record)
    write(this.#place, rest ? restLabels[rest] : record ? placeOf(record) : '')
    this.element.dataset['epoch'] = String(record?.state?.groupContext.epoch ?? '')
    // Made anew only for another rest: somebody may be typing a passphrase there.
    if (this.element.dataset['rest'] !== (rest ?? '')) {
      this.#rest.replaceChildren(...(rest ? [restView(this.#seat, rest, this.#actions)] : []))
    }
    this.element.dataset['rest'] = rest ?? ''
    this.element.classList.toggle('outside', record?.state === undefined)
    this.#composer.update(record ? addresseesOf(record) : [])
    this.#composer.disabled = !record?.state || isLeaving
    const { renew, leave, again } = this.#controls
    const hasLeft = record?.phase === 'left'
    renew.hidden = hasLeft
    renew.disabled = !record?.state || isLeaving || record.wishes.newKeys
    leave.hidden = hasLeft
    leave.disabled = !record?.state || isLeaving
    again.hidden = !hasLeft
    if (member) {
      this.#note.replaceChildren(...[failureView(member), backlogView(member)].flatMap((view) => view ?? []))
      this.#log.show(member.record.conversation)
    }
    this.#log.element.hidden = rest !== undefined
    this.#note.hidden = rest !== undefined
  }

  /** The element that had the focus may be gone or disabled. */
  #keepFocus(update: () => void): void {
    const before = document.activeElement
    const hadFocus = this.element.contains(before)
    update()
    if (!hadFocus || !(before instanceof HTMLElement)) return
    const isUsable = before.isConnected && !before.matches(':disabled') && before.checkVisibility()
    if (
      !isUsable &&
      !this.element.contains(document.activeElement?.matches(':disabled') ? null : document.activeElement)
    )
      this.#title.focus()
  }
}

const isAboutToLeave = ({ state, wishes }: MemberRecord): boolean =>
  wishes.toLeave || (state !== undefined && leavingLeaves(state).includes(state.privatePath.leafIndex))

function placeOf(record: MemberRecord): string {
  const { state, phase } = record
  if (!state) return phase === 'left' ? 'not in the group' : 'asks to join …'
  const where = `leaf ${state.privatePath.leafIndex} · epoch ${state.groupContext.epoch}`
  return isAboutToLeave(record) ? `${where} · leaving …` : where
}

const addresseesOf = ({ rosters, name, understands }: MemberRecord) =>
  (rosters[0]?.roster ?? [])
    .filter((member) => member.name !== name)
    .map((member) => ({ ...member, cannot: whyNot(member, understands ? undefined : name) }))

function whyNot({ name, understands }: Roster, own: string | undefined): string | undefined {
  const without = own ?? (understands ? undefined : name)
  return without && `${without}’s client does not take targeted messages: its leaf says nothing of them.`
}

function whispered(name: string, recipients: readonly string[], delivery: Written['delivery']): string {
  if (delivery === 'held')
    return 'Held back. Renew keys once or twice and deliver it: it is in time. After three times it is too late.'
  const what = recipients.length > 1 ? 'a message for each' : 'one message'
  return `${name} whispered to ${recipients.join(' and ')}: ${what}, sealed to that leaf alone.`
}
