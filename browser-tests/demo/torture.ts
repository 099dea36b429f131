/** What people do to the demo at random, and what must be true afterwards. */

import type { PageDriver } from '../driver/page-driver.js'

export type Deed =
  | { readonly kind: 'say'; readonly name: string; readonly text: string }
  | { readonly kind: 'whisper'; readonly name: string; readonly text: string; readonly to: readonly number[] }
  | { readonly kind: 'read' | 'Renew keys' | 'Leave' | 'Join again'; readonly name: string }

/** What the member's column showed in that moment. */
export interface Seen {
  /** Whom the text is for; nobody if it could not be sent. */
  readonly to: readonly string[]
  readonly isMember: boolean
  /** Whether a button was there to be pressed. */
  readonly isDone: boolean
}

/** A text, and who must have it in the end. */
export interface Text {
  readonly text: string
  readonly from: string
  readonly to: readonly string[]
  readonly at: number
}

/** As a person does; resolves when the text has left the field. */
export async function doDeed(deed: Deed): Promise<Seen> {
  const column = document.querySelector<HTMLElement>(`[data-member="${deed.name}"]`)
  const chips = [...(column?.querySelectorAll<HTMLElement>('.chip') ?? [])]
  const names = chips.slice(1).map((chip) => chip.textContent ?? '')
  const isMember = /epoch \d+$/.test(column?.querySelector('.place')?.textContent ?? '')
  const nothing = { to: [], isMember, isDone: false }
  if (!column) return nothing
  if (deed.kind === 'say' || deed.kind === 'whisper') {
    const wanted =
      deed.kind === 'say' ? [] : names.filter((_, i) => deed.to.some((to) => to % names.length === i))
    for (const [i, chip] of chips.entries()) {
      const box = chip.querySelector('input')
      if (i > 0 && box && box.checked !== wanted.includes(names[i - 1] ?? '')) box.click()
    }
    const field = column.querySelector<HTMLInputElement>('[name="text"]')
    const send = column.querySelector<HTMLButtonElement>('[type="submit"]')
    if (!field || !send || send.disabled || names.length === 0) return nothing
    field.value = deed.text
    send.click()
    while (field.value !== '') await new Promise((resolve) => setTimeout(resolve, 2))
    return { to: deed.kind === 'say' ? names : wanted, isMember, isDone: true }
  }
  const selector = deed.kind === 'read' ? 'button.read' : `[aria-label="${deed.name}: ${deed.kind}"]`
  const button = column.querySelector<HTMLButtonElement>(selector)
  if (!button || button.hidden || button.disabled) return nothing
  button.click()
  // What was chosen is stored when it shows.
  const isShown = (): boolean => Boolean(button.hidden) || button.disabled || !button.isConnected
  while (deed.kind === 'Leave' && !isShown()) await new Promise((resolve) => setTimeout(resolve, 2))
  return { to: [], isMember, isDone: true }
}

/** A member as its tab shows it. */
export interface Standing {
  readonly name: string
  readonly place: string
  /** Own texts that have not arrived with the delivery service. */
  readonly waiting: number
}

export const standings = (page: PageDriver): Promise<Standing[]> =>
  page.run(() =>
    [...document.querySelectorAll<HTMLElement>('[data-member]')].map((column) => ({
      name: column.dataset['member'] ?? '',
      place: column.querySelector('.place')?.textContent ?? '',
      waiting: [...column.querySelectorAll('.copy.waiting, .said .who')].filter(({ textContent }) =>
        /on its way|as soon as/.test(textContent ?? ''),
      ).length,
    })),
  )

export interface Line {
  readonly member: string
  readonly kind: string
  readonly epoch: string
  readonly text: string
}

/** All conversations of this browser, as they are stored. */
export async function storedLines(): Promise<Line[]> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('demo')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const store = database.transaction('entries').objectStore('entries')
  const all = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const [keys, values] = await Promise.all([all(store.getAllKeys()), all(store.getAll())])
  database.close()
  return keys.map((key, i) => {
    const { value } = values[i]
    const why =
      value.kind === 'refused'
        ? `${value.code}: ${value.why}`
        : value.kind === 'sealed'
          ? `for ${value.to}`
          : value.kind === 'whispered'
            ? `${value.text} (${value.copies.map((copy: { to: string; state: string }) => `${copy.to} ${copy.state}`)})`
            : value.text
    return {
      member: Array.isArray(key) ? String(key[1]) : '',
      kind: value.kind,
      epoch: String(value.epoch),
      text: why ?? '',
    }
  })
}
