/** A member's conversation: its last lines, and the others when they are asked for. */

import { make, write } from '../dom.js'
import type { Entry } from '../messenger/conversation.js'
import { button } from './button.js'
import { type EntryActions, entryView } from './entries.js'

/** Lines that are shown at first, and how many more each time. */
const page = 100

export class LogView {
  readonly element = make('div', 'log')
  readonly #actions: EntryActions
  readonly #earlier = button('', 'earlier', () => this.#showEarlier())
  readonly #views = new Map<number, { entry: Entry; view: HTMLElement }>()
  #conversation: readonly Entry[] = []
  #from = 0
  #isFollowing = true

  constructor(name: string, actions: EntryActions) {
    this.#actions = actions
    this.element.setAttribute('role', 'log')
    this.element.setAttribute('aria-label', `${name}’s conversation`)
    this.element.tabIndex = 0
    this.element.addEventListener('scroll', () => {
      const { scrollHeight, scrollTop, clientHeight } = this.element
      this.#isFollowing = scrollHeight - scrollTop - clientHeight < 40
    })
    // Its size is known once it is in the page, and changes with the window.
    new ResizeObserver(() => this.#follow()).observe(this.element)
  }

  show(conversation: readonly Entry[]): void {
    this.#conversation = conversation
    if (this.#isFollowing) this.#from = Math.max(0, conversation.length - page)
    this.#update()
  }

  #showEarlier(): void {
    const { scrollHeight, scrollTop } = this.element
    this.#isFollowing = false
    this.#from = Math.max(0, this.#from - page)
    this.#update()
    this.element.scrollTop = scrollTop + this.element.scrollHeight - scrollHeight
    this.element.focus()
  }

  /** Lines that did not change keep their elements, and with them the focus. */
  #update(): void {
    for (const [i, { view }] of this.#views) {
      if (i >= this.#from && i < this.#conversation.length) continue
      view.remove()
      this.#views.delete(i)
    }
    for (let i = this.#from; i < this.#conversation.length; i++) this.#updateEntry(i)
    write(this.#earlier, `Show earlier: ${this.#from}`)
    if (this.#from === 0) this.#earlier.remove()
    else if (this.#earlier.parentNode === null) this.element.prepend(this.#earlier)
    this.#follow()
  }

  #updateEntry(i: number): void {
    const entry = this.#conversation[i]
    const shown = this.#views.get(i)
    if (!entry || shown?.entry === entry) return
    const view = entryView(entry, this.#actions)
    const hadFocus = shown?.view.contains(document.activeElement)
    if (shown) shown.view.replaceWith(view)
    else this.element.insertBefore(view, this.#after(i))
    this.#views.set(i, { entry, view })
    if (hadFocus) (view.querySelector('button') ?? this.element).focus()
  }

  /** The first shown line behind it. */
  #after(i: number): HTMLElement | null {
    for (let next = i + 1; next < this.#conversation.length; next++) {
      const found = this.#views.get(next)
      if (found) return found.view
    }
    return null
  }

  #follow(): void {
    if (this.#isFollowing) this.element.scrollTop = this.element.scrollHeight
  }
}
