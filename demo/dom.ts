/** What all pages of the demo do with elements. */

import { reasonOf } from './reason.js'

export function find<E extends HTMLElement>(id: string, type: new () => E): E {
  const found = document.getElementById(id)
  if (found instanceof type) return found
  throw new Error(`the page lacks #${id}`)
}

export function make(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag)
  if (className) element.className = className
  element.append(...children)
  return element
}

export const fillSelect = <T extends string | number>(
  select: HTMLSelectElement,
  choices: readonly (readonly [T, string])[],
): void => select.replaceChildren(...choices.map(([value, label]) => new Option(label, String(value))))

/** Leaves a text alone that stays the same: WebKit drops a click if its text node is replaced while the button is down. */
export function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

export const placeholder = (text: string): HTMLElement => make('p', 'placeholder', text)

/** Shows the progress of `action` in the page's status line. Resolves to false if it failed. */
export async function report(
  status: HTMLElement,
  doing: string,
  action: () => Promise<string>,
): Promise<boolean> {
  status.textContent = doing
  status.classList.remove('failed')
  try {
    status.textContent = await action()
    return true
  } catch (error) {
    status.classList.add('failed')
    status.textContent = reasonOf(error)
    return false
  }
}

/** Calls `action` once for all requests within this many milliseconds. */
export function soon(action: () => void, milliseconds: number): () => void {
  let isDue = false
  return () => {
    if (isDue) return
    isDue = true
    setTimeout(() => {
      isDue = false
      action()
    }, milliseconds)
  }
}
