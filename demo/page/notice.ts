/** Shown instead of the members if there are none: what happened, and what to do. */

import { find, make } from '../dom.js'
import { button } from './button.js'

const members = find('members', HTMLElement)

export interface Way {
  readonly label: string
  readonly go: () => void
}

export function notice(text: string, ...ways: readonly Way[]): void {
  const buttons = ways.map(({ label, go }) => button(label, 'quiet', go))
  members.replaceChildren(make('div', 'notice', make('p', '', text), make('div', 'buttons', ...buttons)))
  members.ariaBusy = 'false'
  members.inert = false
}
