/** Buttons that attack, each with what came of it. */

import { inspect } from 'mls-targeted-messages'
import { attacks, type Outcome, type Target, tamper } from '../attacker/attacks.js'
import { fillSelect, make } from '../dom.js'
import { button } from './button.js'
import { sentence } from './entries.js'

export const attackerView = (target: Target): HTMLElement =>
  make(
    'div',
    'attacks',
    tamperView(target),
    ...attacks.map(({ id, label, explanation, run }) => {
      const slot = new Slot(id)
      const start = button(label, 'quiet', () => void slot.show(() => run(target)))
      return slot.row(make('div', 'attack', start, make('span', 'note', explanation)))
    }),
  )

function tamperView(target: Target): HTMLElement {
  const fields = inspect(target.message)
  const choice = document.createElement('select')
  choice.id = 'tamper-field'
  fillSelect(
    choice,
    fields.map(({ name }) => [name, name] as const),
  )
  const label = document.createElement('label')
  label.htmlFor = choice.id
  label.textContent = 'Turn a bit of'
  const slot = new Slot('tamper')
  const start = button('Tamper', 'quiet', () => {
    const field = fields.find(({ name }) => name === choice.value)
    if (field) void slot.show(() => tamper(target, field))
  })
  return slot.row(make('div', 'tamper', label, choice, start))
}

/** Where an attack's latest outcome appears. */
class Slot {
  readonly #id: string
  readonly #outcome = make('p', 'outcome')
  #runs = 0

  constructor(id: string) {
    this.#id = id
    this.#outcome.setAttribute('aria-live', 'polite')
  }

  row(controls: HTMLElement): HTMLElement {
    const row = make('div', '', controls, this.#outcome)
    row.dataset['attack'] = this.#id
    return row
  }

  async show(action: () => Promise<Outcome>): Promise<void> {
    this.#outcome.textContent = '…'
    try {
      this.#outcome.replaceChildren(...outcomeView(await action()))
    } catch (error) {
      this.#outcome.textContent = error instanceof Error ? error.message : String(error)
    }
    this.#runs += 1
    this.#outcome.dataset['runs'] = String(this.#runs)
  }
}

function outcomeView({ what, error }: Outcome): (Node | string)[] {
  if (!error) return [`${what}: `, make('code', 'code alarm', 'opened')]
  return [`${what}: refused. `, make('code', 'code', error.code), ` ${sentence(error.message)}`]
}
