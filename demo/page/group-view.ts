/** The columns of this tab's members, and what is true of the group as a whole. */

import { find, report } from '../dom.js'
import type { Messenger } from '../messenger/messenger.js'
import { rosterOf } from '../messenger/stack.js'
import { addressOf, memberOfAddress } from './address.js'
import { Details } from './details.js'
import { MemberView } from './member-view.js'

/** Who may still come. */
const others = ['Dave', 'Erin', 'Frank', 'Grace', 'Heidi', 'Ivan', 'Judy']

const members = find('members', HTMLElement)
const status = find('status', HTMLParagraphElement)
const add = find('add', HTMLButtonElement)
const newTab = find('new-tab', HTMLAnchorElement)
const details = new Details(find('details', HTMLDialogElement))

export class GroupView {
  readonly #messenger: Messenger
  readonly #views = new Map<string, MemberView>()

  constructor(messenger: Messenger) {
    this.#messenger = messenger
    messenger.addEventListener('change', () => this.#update())
    add.onclick = () => {
      const name = this.#next()
      if (!name) return
      this.#act(async () => {
        await messenger.join(name)
        return `${name} publishes a KeyPackage, and a member commits to add ${name}.`
      })
    }
    this.#update()
    members.ariaBusy = 'false'
  }

  /** Something that can fail. */
  #act(action: () => Promise<string>): void {
    void report(status, '…', action)
  }

  #update(): void {
    for (const member of this.#messenger.members) {
      const { name } = member.record
      if (this.#views.has(name)) continue
      const view = new MemberView(member, {
        act: (action) => this.#act(action),
        inspect: (inspected) => details.show(inspected, this.#messenger),
      })
      this.#views.set(name, view)
      member.addEventListener('change', () => this.#updateFacts())
    }
    const columns = this.#messenger.members.flatMap(
      ({ record }) => this.#views.get(record.name)?.element ?? [],
    )
    members.replaceChildren(...columns)
    this.#updateFacts()
  }

  #updateFacts(): void {
    const state = this.#newestState()
    find('epoch', HTMLElement).textContent = state ? String(state.groupContext.epoch) : '–'
    find('count', HTMLElement).textContent = state ? String(rosterOf(state).length) : '–'
    const next = this.#next()
    add.disabled = next === undefined || memberOfAddress() !== undefined
    newTab.hidden = next === undefined
    if (next === undefined) return
    add.textContent = `Add ${next} here`
    newTab.textContent = `Open as ${next} in a new tab`
    newTab.href = addressOf(next, this.#messenger.room)
  }

  /** A name that nobody here has. */
  #next(): string | undefined {
    const state = this.#newestState()
    const inGroup = state ? rosterOf(state).map(({ name }) => name) : []
    const here = this.#messenger.members.map(({ record }) => record.name)
    return others.find((name) => !inGroup.includes(name) && !here.includes(name))
  }

  #newestState() {
    const states = this.#messenger.members.flatMap(({ record }) => record.state ?? [])
    return states.sort((a, b) => Number(b.groupContext.epoch - a.groupContext.epoch))[0]
  }
}
