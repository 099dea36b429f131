/** Buttons that attack, and what came of it. */

import { inspect } from 'mls-targeted-messages'
import { type Attack, attacks, type Outcome, type Target, tamper } from '../attacker/attacks.js'
import { fillSelect, make } from '../dom.js'
import { button } from './button.js'
import { sentence } from './entries.js'

export function attackerView(target: Target): HTMLElement {
  const outcomes = make('ul', 'outcomes')
  outcomes.setAttribute('aria-live', 'polite')
  outcomes.setAttribute('aria-label', 'Outcomes')
  const controls = make('div', 'attacks')
  const attempt = async (action: () => Promise<Outcome>): Promise<void> => {
    controls.setAttribute('aria-busy', 'true')
    try {
      outcomes.prepend(outcomeView(await action()))
    } catch (error) {
      outcomes.prepend(
        make('li', '', make('span', 'why', error instanceof Error ? error.message : String(error))),
      )
    } finally {
      controls.removeAttribute('aria-busy')
    }
  }

  const field = document.createElement('select')
  field.id = 'tamper-field'
  fillSelect(
    field,
    inspect(target.message).map(({ name }) => [name, name] as const),
  )
  const label = document.createElement('label')
  label.htmlFor = field.id
  label.textContent = 'Turn a bit of'
  const tamperNow = button('Tamper', 'quiet', () => {
    const chosen = inspect(target.message).find(({ name }) => name === field.value)
    if (chosen) void attempt(() => tamper(target, chosen.name))
  })
  tamperNow.dataset['attack'] = 'tamper'
  controls.append(
    make('div', 'tamper', label, field, tamperNow),
    ...attacks.map((attack) => attackView(attack, () => void attempt(() => attack.run(target)))),
  )
  return make('div', '', controls, outcomes)
}

function attackView({ id, label, explanation }: Attack, run: () => void): HTMLElement {
  const made = button(label, 'quiet', run)
  made.dataset['attack'] = id
  return make('div', 'attack', made, make('span', 'note', explanation))
}

function outcomeView({ what, error }: Outcome): HTMLElement {
  const verdict = error ? make('code', 'code', error.code) : make('code', 'code alarm', 'opened')
  return make(
    'li',
    '',
    make('span', 'what', what),
    verdict,
    make('span', 'why', error ? sentence(error.message) : ''),
  )
}
