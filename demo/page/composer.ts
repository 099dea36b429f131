/** Where a member writes: to everybody, or to some. */

import { make } from '../dom.js'
import type { Roster } from '../messenger/stack.js'

export interface Written {
  readonly text: string
  /** None chosen means everybody. */
  readonly recipients: readonly string[]
  readonly delivery: 'now' | 'held'
}

/** Somebody to whisper to, or the reason why that is not possible. */
export interface Addressee extends Roster {
  readonly cannot: string | undefined
}

export class Composer {
  readonly element = document.createElement('form')
  readonly #to = make('div', 'chips')
  readonly #everybody: HTMLInputElement
  readonly #text = document.createElement('input')
  /** Why somebody cannot be whispered to. */
  readonly #why = make('p', 'note why-not')
  readonly #hold = checkbox('hold')
  readonly #send = document.createElement('button')
  /** By name: a chip that stays keeps its element, and with it the focus. */
  readonly #chips = new Map<string, HTMLElement>()

  /** `send` resolves when the message is stored; until then the field keeps it. */
  constructor(name: string, send: (written: Written) => Promise<boolean>) {
    this.#everybody = checkbox('everybody')
    this.#everybody.checked = true
    this.#everybody.addEventListener('change', () => this.#chooseEverybody())
    this.#to.append(chip(this.#everybody, 'Everybody'))

    const fieldset = make('fieldset', 'to', make('legend', '', 'To'), this.#to, this.#why)
    this.#text.type = 'text'
    this.#text.name = 'text'
    this.#text.dir = 'auto'
    this.#text.autocomplete = 'off'
    this.#text.maxLength = 2_000
    this.#text.setAttribute('aria-label', `Message from ${name}`)
    this.#send.type = 'submit'
    this.#send.textContent = 'Send'
    const hold = make('label', 'hold', this.#hold, make('span', '', 'Hold it back, and deliver it later'))
    this.element.className = 'composer'
    this.element.append(fieldset, make('div', 'write', this.#text, this.#send), hold)
    this.element.addEventListener('submit', (event) => {
      event.preventDefault()
      void this.#submit(send)
    })
    this.#showChoice()
  }

  /** The chosen ones stay chosen. */
  update(others: readonly Addressee[]): void {
    for (const [name, element] of this.#chips) {
      if (others.some((other) => other.name === name)) continue
      if (element.contains(document.activeElement)) this.#everybody.focus()
      element.remove()
      this.#chips.delete(name)
    }
    for (const other of others) this.#updateChip(other)
    const reasons = [...new Set(others.flatMap(({ cannot }) => cannot ?? []))]
    this.#why.textContent = reasons.join(' ')
    this.#showChoice()
  }

  set disabled(disabled: boolean) {
    this.#send.disabled = disabled
    this.#text.disabled = disabled
  }

  /** The field is cleared when the message is stored. */
  async #submit(send: (written: Written) => Promise<boolean>): Promise<void> {
    const text = this.#text.value.trim()
    if (text === '' || this.#text.readOnly) return this.#text.focus()
    this.#text.readOnly = true
    const delivery = this.#hold.checked ? 'held' : 'now'
    const isStored = await send({ text, recipients: this.#chosen(), delivery })
    this.#text.readOnly = false
    if (!isStored) return
    this.#text.value = ''
    this.#hold.checked = false
  }

  #updateChip({ name, cannot }: Addressee): void {
    const known = this.#chips.get(name)
    const box = known?.querySelector('input') ?? checkbox(name)
    box.disabled = cannot !== undefined
    if (cannot !== undefined) box.checked = false
    const element = known ?? chip(box, name)
    element.classList.toggle('cannot', cannot !== undefined)
    if (known) return
    box.addEventListener('change', () => this.#showChoice())
    this.#chips.set(name, element)
    this.#to.append(element)
  }

  #chosen(): string[] {
    return [...this.#chips].flatMap(([name, element]) =>
      element.querySelector('input')?.checked ? [name] : [],
    )
  }

  #chooseEverybody(): void {
    for (const element of this.#chips.values()) {
      const box = element.querySelector('input')
      if (box) box.checked = false
    }
    this.#showChoice()
  }

  /** Only a whisper can be held back: the delivery service decides on the order of group messages. */
  #showChoice(): void {
    const isWhisper = this.#chosen().length > 0
    this.#everybody.checked = !isWhisper
    this.#hold.disabled = !isWhisper
    if (!isWhisper) this.#hold.checked = false
    this.#text.placeholder = isWhisper ? 'Whisper' : 'To everybody'
    this.element.classList.toggle('whispering', isWhisper)
  }
}

function checkbox(name: string): HTMLInputElement {
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.name = name
  return box
}

const chip = (box: HTMLInputElement, text: string): HTMLElement =>
  make('label', 'chip', box, make('span', '', text))
