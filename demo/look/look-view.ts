/** All parcels, as a chosen viewer sees them. */

import { find, make, soon } from '../dom.js'
import type { Messenger } from '../messenger/messenger.js'
import type { Stack } from '../messenger/stack.js'
import { type Field, type Sight, sightOf, type Viewer } from './sees.js'

/** Milliseconds. */
const patience = 200

/** Parcels that are shown. */
const many = 12

const list = find('sights', HTMLOListElement)
const choice = find('look-as', HTMLFieldSetElement)

const others = [
  ['service', 'Delivery service'],
  ['network', 'An outsider'],
] as const

export class LookView {
  readonly #messenger: Messenger
  readonly #stack: Stack
  readonly #closed = new AbortController()
  #chosen: string | undefined
  #names = ''

  constructor(messenger: Messenger) {
    this.#messenger = messenger
    this.#stack = messenger.stack
    const { signal } = this.#closed
    // It scrolls, also by keyboard.
    list.tabIndex = 0
    list.setAttribute('aria-label', 'What travels')
    choice.addEventListener(
      'change',
      ({ target }) => {
        if (target instanceof HTMLInputElement) this.#chosen = target.value
        this.update()
      },
      { signal },
    )
    // At once: it takes room, and what is below would jump.
    this.#offer()
    this.update()
  }

  close(): void {
    this.#closed.abort()
    list.replaceChildren()
  }

  readonly update = soon(() => {
    if (!this.#closed.signal.aborted) void this.#update().catch(reportError)
  }, patience)

  async #update(): Promise<void> {
    this.#offer()
    const viewer = this.#viewer()
    if (!viewer) return list.replaceChildren(make('li', 'note', `${this.#chosen} is not awake.`))
    const parcels = await this.#messenger.delivery.latest(many)
    const sights = await Promise.all(parcels.map((parcel) => sightOf(parcel, viewer, this.#stack)))
    list.replaceChildren(...sights.reverse().map(sightView))
  }

  #offer(): void {
    const names = this.#messenger.seats.map(({ name }) => name)
    const first = names[0] ?? 'service'
    this.#chosen ??= first
    if (this.#names === names.join()) return
    this.#names = names.join()
    const options = [...names.map((name) => [name, name] as const), ...others]
    choice.replaceChildren(
      make('legend', '', 'Look as'),
      ...options.map(([value, label]) => {
        const input = document.createElement('input')
        input.type = 'radio'
        input.name = 'look-as'
        input.value = value
        input.checked = value === this.#chosen
        return make('label', 'chip', input, make('span', '', label))
      }),
    )
  }

  #viewer(): Viewer | undefined {
    if (this.#chosen === 'service' || this.#chosen === 'network') return { kind: this.#chosen }
    const record = this.#messenger.seats.find(({ name }) => name === this.#chosen)?.member?.record
    return record && { kind: 'member', record }
  }
}

const sightView = ({ title, fields }: Sight): HTMLElement =>
  make('li', '', make('h3', '', title), make('dl', '', ...fields.map(fieldView)))

const words = { open: 'in the clear', opened: 'opened', closed: 'closed' } as const

function fieldView({ label, value, access }: Field): HTMLElement {
  const shown = make('dd', '', make('span', 'access', words[access]), make('bdi', '', value))
  const view = make('div', access, make('dt', '', label), shown)
  view.dataset['access'] = access
  return view
}
