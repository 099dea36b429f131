/** Where a member writes: to everybody, or to some. */

import { make } from '../dom.js'

export interface Person {
  readonly name: string
  readonly leafIndex: number
}

export interface Written {
  readonly text: string
  /** Nobody in particular: everybody. */
  readonly recipients: readonly Person[]
  readonly delivery: 'now' | 'held'
}

export class Composer {
  readonly element = document.createElement('form')
  readonly #to = make('div', 'chips')
  readonly #everybody: HTMLInputElement
  readonly #text = document.createElement('input')
  readonly #hold = checkbox('hold')
  readonly #send = document.createElement('button')
  #others: readonly Person[] = []

  constructor(name: string, send: (written: Written) => void) {
    this.#everybody = checkbox('everybody')
    this.#everybody.checked = true
    this.#everybody.addEventListener('change', () => this.#chooseEverybody())

    const legend = make('legend', '', 'To')
    const fieldset = make('fieldset', 'to', legend, this.#to)
    this.#text.type = 'text'
    this.#text.name = 'text'
    this.#text.autocomplete = 'off'
    this.#text.setAttribute('aria-label', `Message from ${name}`)
    this.#send.type = 'submit'
    this.#send.textContent = 'Send'
    const hold = make('label', 'hold', this.#hold, make('span', '', 'Hold it back, and deliver it later'))
    this.element.className = 'composer'
    this.element.append(fieldset, make('div', 'write', this.#text, this.#send), hold)
    this.element.addEventListener('submit', (event) => {
      event.preventDefault()
      const text = this.#text.value.trim()
      if (text === '') return this.#text.focus()
      send({ text, recipients: this.#chosen(), delivery: this.#hold.checked ? 'held' : 'now' })
      this.#text.value = ''
      this.#hold.checked = false
    })
    this.#showChoice()
  }

  /** The chosen ones stay chosen. */
  update(others: readonly Person[]): void {
    const key = (people: readonly Person[]): string =>
      people.map(({ name, leafIndex }) => `${leafIndex} ${name}`).join()
    if (this.#to.childElementCount > 0 && key(others) === key(this.#others)) return
    const chosen = this.#chosen()
    this.#others = others
    this.#to.replaceChildren(
      chip(this.#everybody, 'Everybody'),
      ...others.map(({ name, leafIndex }) => {
        const box = checkbox(String(leafIndex))
        box.checked = chosen.some((person) => person.name === name)
        box.addEventListener('change', () => this.#showChoice())
        return chip(box, name)
      }),
    )
    this.#showChoice()
  }

  set disabled(disabled: boolean) {
    this.#send.disabled = disabled
    this.#text.disabled = disabled
  }

  #boxes(): HTMLInputElement[] {
    return [...this.#to.querySelectorAll('input')].filter((box) => box !== this.#everybody)
  }

  #chosen(): Person[] {
    const checked = new Set(this.#boxes().flatMap((box) => (box.checked ? [box.name] : [])))
    return this.#others.filter(({ leafIndex }) => checked.has(String(leafIndex)))
  }

  #chooseEverybody(): void {
    for (const box of this.#boxes()) box.checked = false
    this.#showChoice()
  }

  /** Only a whisper can be held back: the order of group messages is the delivery service's. */
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
