/** One member's column. */

import { make } from '../dom.js'
import type { Entry } from '../messenger/conversation.js'
import type { Member } from '../messenger/member.js'
import { leavingLeaves, rosterOf } from '../messenger/stack.js'
import { button } from './button.js'
import { Composer, type Written } from './composer.js'
import { type EntryActions, entryView, type Inspected } from './entries.js'

export interface MemberActions {
  readonly inspect: (inspected: Inspected) => void
  /** Shows how it goes. */
  readonly act: (action: () => Promise<string>) => void
}

export class MemberView {
  readonly element: HTMLElement
  readonly #member: Member
  readonly #place = make('span', 'place')
  readonly #log = make('div', 'log')
  readonly #composer: Composer
  readonly #renew: HTMLButtonElement
  readonly #leave: HTMLButtonElement
  readonly #again: HTMLButtonElement
  readonly #entryActions: EntryActions
  #shown: readonly Entry[] = []

  constructor(member: Member, { inspect, act }: MemberActions) {
    this.#member = member
    const { name } = member.record
    const go = (action: () => Promise<void>, done: string): void =>
      act(async () => {
        await action()
        return done
      })
    this.#composer = new Composer(name, (written) =>
      written.recipients.length === 0
        ? go(
            () => member.say(written.text),
            `${name} spoke to everybody: one message, which all members open.`,
          )
        : go(() => member.whisper(written), whispered(name, written)),
    )
    this.#renew = button('Renew keys', 'small', () =>
      go(() => member.renewKeys(), `${name} commits: new keys for ${name}, and a new epoch for everybody.`),
    )
    this.#leave = button('Leave', 'small', () =>
      go(() => member.leave(), `${name} proposes to leave, and another member commits it.`),
    )
    this.#again = button('Join again', 'small', () =>
      go(() => member.joinAgain(), `${name} publishes a KeyPackage, and a member commits to add ${name}.`),
    )
    for (const control of [this.#renew, this.#leave, this.#again]) {
      control.setAttribute('aria-label', `${name}: ${control.textContent}`)
    }
    this.#entryActions = {
      inspect,
      read: (id) =>
        go(() => member.read(id), 'The receipt is a targeted message, too: only the sender sees it.'),
      release: (id) =>
        go(() => member.release(id), 'The whisper is on its way, sealed with the keys of its epoch.'),
    }
    this.#log.setAttribute('role', 'log')
    this.#log.setAttribute('aria-label', `${name}’s conversation`)
    this.#log.tabIndex = 0

    const title = make('h3', '', name)
    const avatar = make('span', 'avatar', name.charAt(0))
    avatar.setAttribute('aria-hidden', 'true')
    const head = make('header', '', avatar, make('div', '', title, this.#place))
    const controls = make('div', 'controls', this.#renew, this.#leave, this.#again)
    this.element = make('article', 'member', head, this.#log, this.#composer.element, controls)
    this.element.setAttribute('aria-label', name)
    this.element.dataset['member'] = name
    member.addEventListener('change', () => this.#update())
    this.#update()
  }

  #update(): void {
    const { state, phase, conversation, pending } = this.#member.record
    const isMember = state !== undefined
    const isLeaving = isMember && leavingLeaves(state).includes(state.privatePath.leafIndex)
    const where = state ? `leaf ${state.privatePath.leafIndex} · epoch ${state.groupContext.epoch}` : ''
    const waiting = {
      asking: 'asks to join …',
      joining: 'asks to join …',
      member: where,
      left: 'not in the group',
    }
    this.#place.textContent = isLeaving ? `${where} · leaving …` : waiting[phase]
    if (this.#member.failure !== undefined) this.#showFailure(this.#member.failure)
    this.element.dataset['epoch'] = String(state?.groupContext.epoch ?? '')
    this.element.classList.toggle('outside', !isMember)
    this.#composer.update(
      state ? rosterOf(state).filter(({ leafIndex }) => leafIndex !== state.privatePath.leafIndex) : [],
    )
    this.#composer.disabled = !isMember || isLeaving
    this.#renew.hidden = phase === 'left'
    this.#renew.disabled = !isMember || isLeaving || pending !== undefined
    this.#leave.hidden = phase === 'left'
    this.#leave.disabled = !isMember || isLeaving
    this.#again.hidden = phase !== 'left'
    this.#showConversation(conversation)
  }

  /** A member that cannot get past a parcel stays where it is. */
  #showFailure(failure: unknown): void {
    this.#place.textContent = `stopped: ${failure instanceof Error ? failure.message : String(failure)}`
    this.#place.classList.add('failed')
  }

  /** Lines that did not change keep their elements, and with them the focus. */
  #showConversation(conversation: readonly Entry[]): void {
    const isAtEnd = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < 40
    for (const [i, entry] of conversation.entries()) {
      if (entry !== this.#shown[i])
        this.#showEntry(entryView(entry, this.#entryActions), this.#log.children[i])
    }
    this.#shown = conversation
    if (isAtEnd) this.#log.scrollTop = this.#log.scrollHeight
  }

  #showEntry(view: HTMLElement, old: Element | undefined): void {
    const hadFocus = old?.contains(document.activeElement)
    if (old) old.replaceWith(view)
    else this.#log.append(view)
    if (hadFocus) (view.querySelector('button') ?? this.#log).focus()
  }
}

function whispered(name: string, { recipients, delivery }: Written): string {
  const names = recipients.map((recipient) => recipient.name).join(' and ')
  if (delivery === 'held')
    return 'Held back. Renew keys, and then deliver it: once or twice it is in time, thrice too late.'
  return `${name} whispered to ${names}: ${recipients.length > 1 ? 'a message for each' : 'one message'}, sealed to that leaf alone.`
}
