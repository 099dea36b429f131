/** The columns of this tab's members, and what is true of the group as a whole. */

import { find, report, write } from '../dom.js'
import { LookView } from '../look/look-view.js'
import type { Member } from '../messenger/member.js'
import type { Messenger } from '../messenger/messenger.js'
import type { MemberRecord } from '../messenger/record.js'
import type { Seat } from '../messenger/seat.js'
import { revisionIn, rosterOf } from '../messenger/stack.js'
import { addressOf, memberOfAddress } from './address.js'
import { Details } from './details.js'
import { loneliness } from './loneliness.js'
import { MemberView } from './member-view.js'

/** Who may still come; after them, numbers. */
const others = ['Dave', 'Erin', 'Frank', 'Grace', 'Heidi', 'Ivan', 'Judy']

const members = find('members', HTMLElement)
const status = find('status', HTMLParagraphElement)
const add = find('add', HTMLButtonElement)
const older = find('older', HTMLInputElement)
const newTab = find('new-tab', HTMLAnchorElement)
const alone = find('alone', HTMLParagraphElement)
const details = new Details(find('details', HTMLDialogElement))

/** How often to look up who else is awake in this browser. In milliseconds. */
const lookAround = 2_000

export class GroupView {
  readonly #messenger: Messenger
  readonly #views = new Map<string, MemberView>()
  readonly #look: LookView
  readonly #timer: ReturnType<typeof setInterval>
  readonly #closed = new AbortController()

  constructor(messenger: Messenger) {
    this.#messenger = messenger
    messenger.addEventListener('change', () => this.#update(), { signal: this.#closed.signal })
    members.replaceChildren()
    add.onclick = () => {
      const name = this.#next()
      void this.#act(async () => {
        await messenger.join(name, { understands: !older.checked })
        older.checked = false
        return `${name} publishes a KeyPackage, and a member commits to add ${name}.`
      })
    }
    this.#look = new LookView(messenger)
    this.#update()
    members.ariaBusy = 'false'
    members.inert = false
    this.#timer = setInterval(() => void this.#lookAround(), lookAround)
  }

  /** The columns stay visible until something takes their place, but nobody can write into them. */
  close(): void {
    this.#closed.abort()
    add.disabled = true
    members.ariaBusy = 'true'
    members.inert = true
    clearInterval(this.#timer)
    this.#look.close()
    alone.textContent = ''
  }

  /** Runs something that can fail. */
  #act(action: () => Promise<string>): Promise<boolean> {
    return report(status, '…', action)
  }

  /** Existing columns stay in the page: a column that is removed and added again would scroll to its oldest line. */
  #update(): void {
    let last: Element | undefined
    for (const seat of this.#messenger.seats) {
      const { element } = this.#views.get(seat.name) ?? this.#newView(seat)
      if (!element.isConnected) members.insertBefore(element, last ? last.nextSibling : members.firstChild)
      last = element
    }
    this.#updateFacts()
  }

  #newView(seat: Seat): MemberView {
    const view = new MemberView(seat, {
      act: (action) => this.#act(action),
      inspect: (inspected) => details.show(inspected, this.#messenger),
      others: (one) => this.#inGroup().filter(({ record }) => record.name !== one.name),
      showDisk: (one) => void details.showDisk(one, this.#messenger).catch(reportError),
    })
    this.#views.set(seat.name, view)
    seat.addEventListener('change', () => this.#updateFacts(), { signal: this.#closed.signal })
    return view
  }

  #inGroup(): Member[] {
    return this.#messenger.seats.flatMap(({ member }) => (member?.record.state ? [member] : []))
  }

  #updateFacts(): void {
    this.#look.update()
    const state = this.#newest()?.state
    write(find('epoch', HTMLElement), state ? String(state.groupContext.epoch) : '–')
    if (state) write(find('revision-now', HTMLElement), revisionIn(state))
    write(find('count', HTMLElement), state ? String(rosterOf(state).length) : '–')
    const next = this.#next()
    add.disabled = memberOfAddress() !== undefined
    write(add, `Add ${next} here`)
    write(newTab, `Open as ${next} in a new tab`)
    newTab.href = addressOf(next, this.#messenger.room)
  }

  /** A name that nobody here has. */
  #next(): string {
    const taken = new Set([
      ...(this.#newest()?.rosters[0]?.roster ?? []).map(({ name }) => name),
      ...this.#messenger.seats.map(({ name }) => name),
    ])
    const free = others.find((name) => !taken.has(name))
    if (free) return free
    let number = others.length + 4
    while (taken.has(`Member ${number}`)) number += 1
    return `Member ${number}`
  }

  #newest(): MemberRecord | undefined {
    return this.#inGroup()
      .map(({ record }) => record)
      .sort((a, b) => Number((b.rosters[0]?.epoch ?? 0n) - (a.rosters[0]?.epoch ?? 0n)))[0]
  }

  async #lookAround(): Promise<void> {
    write(alone, await loneliness(this.#messenger))
  }
}
