/** What is behind a message: its bytes, and what an attacker can do with it. */

import { inspect, isTargetedMessage, readHeader } from 'mls-targeted-messages'
import { type Attack, attacks, type Outcome, type Target, tamper } from '../attacker/attacks.js'
import { fillSelect, make } from '../dom.js'
import type { Member } from '../messenger/member.js'
import type { Messenger } from '../messenger/messenger.js'
import { wireView } from '../wire/wire.js'
import { button } from './button.js'
import { sentence } from './entries.js'
import { contentOf, recipientOf } from './known.js'

export interface Shown {
  readonly message: Uint8Array
  readonly title: string
  readonly messenger: Messenger
}

export class Details {
  readonly #dialog: HTMLDialogElement

  constructor(dialog: HTMLDialogElement) {
    this.#dialog = dialog
    dialog.addEventListener('click', ({ target }) => {
      // The backdrop is the dialog's own.
      if (target === dialog) dialog.close()
    })
  }

  show({ message, title, messenger }: Shown): void {
    const close = button('Close', 'quiet close', () => this.#dialog.close())
    const heading = make('h2', '', title)
    heading.id = 'details-title'
    const isTargeted = isTargetedMessage(message)
    const target = isTargeted ? targetOf(message, messenger) : undefined
    this.#dialog.replaceChildren(
      make(
        'div',
        'sheet',
        make('header', '', heading, close),
        ...(isTargeted ? [wire(message, messenger)] : []),
        ...(target ? attacker(target) : []),
      ),
    )
    this.#dialog.showModal()
  }
}

const wire = (message: Uint8Array, messenger: Messenger): HTMLElement =>
  wireView({
    message,
    suite: messenger.room.suite,
    recipient: recipientOf(message, messenger),
    applicationData: contentOf(message, messenger),
  })

/** Where the message would go, if that member is in this tab. */
function targetOf(message: Uint8Array, messenger: Messenger): Target | undefined {
  const { recipientLeafIndex } = readHeader(message)
  const inGroup = messenger.members.filter(({ record }) => record.state !== undefined)
  const isRecipient = ({ record }: Member): boolean =>
    record.state?.privatePath.leafIndex === recipientLeafIndex
  const recipient = inGroup.find(isRecipient)
  if (!recipient) return undefined
  return {
    message,
    room: messenger.room,
    recipient,
    others: inGroup.filter((member) => member !== recipient),
  }
}

function attacker(target: Target): Node[] {
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
  return [make('h3', '', 'The attacker'), controls, outcomes]
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
