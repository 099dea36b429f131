/** What can happen to a member's device. */

import { make } from '../dom.js'
import type { Seat } from '../messenger/seat.js'
import { whisper } from '../sending/actions.js'
import { button } from './button.js'
import type { MemberActions } from './member-actions.js'
import { passphraseField } from './rest-view.js'

/** How many whispers arrive while the power fails. */
const inTheMidst = 5

export function deviceMenu(seat: Seat, { act, others, showDisk }: MemberActions): HTMLElement {
  const { name } = seat
  const menu = document.createElement('details')
  const summary = document.createElement('summary')
  summary.textContent = 'Device'
  summary.setAttribute('aria-label', `${name}: Device`)
  const go = (action: () => Promise<string>): void => {
    menu.open = false
    void act(action)
  }
  const pull = async (): Promise<string> => {
    const [sender] = others(seat)
    if (!sender || !seat.member?.record.state)
      throw new Error('This takes another member of the group in this tab.')
    // At any point: before the first is stored, between the database and the marks, or just after.
    seat.cutPowerAfter(Math.floor(Math.random() * 3))
    await sender.act((record) =>
      Array.from({ length: inTheMidst }, (_, i) => `Mind the plug, ${i + 1} of ${inTheMidst}`).reduce(
        (latest, text) => whisper({ recipients: [name], text, delivery: 'now' })(latest),
        record,
      ),
    )
    return `${inTheMidst} whispers are on their way to ${name}, whose power fails. Each will be there once.`
  }
  const sleep = async (): Promise<string> => {
    await seat.sleep()
    return `${name} sleeps.`
  }
  menu.className = 'device'
  menu.append(
    summary,
    make(
      'div',
      'device-actions',
      button('Pull the plug', 'small', () => go(pull)),
      button('Sleep', 'small', () => go(sleep)),
      button('Look at the disk', 'small', () => {
        menu.open = false
        showDisk(seat)
      }),
      lockForm(seat, go),
    ),
  )
  for (const control of menu.querySelectorAll('button')) {
    control.setAttribute('aria-label', `${name}: ${control.textContent}`)
  }
  return menu
}

/** Asks for a passphrase the first time. After that it locks without one. */
function lockForm(seat: Seat, go: (action: () => Promise<string>) => void): HTMLElement {
  const form = document.createElement('form')
  const field = passphraseField(`New passphrase of ${seat.name}`)
  field.placeholder = 'Passphrase'
  const lock = document.createElement('button')
  lock.type = 'submit'
  lock.className = 'small'
  lock.textContent = 'Lock'
  form.className = 'lock'
  form.append(field, lock)
  const update = (): void => {
    field.hidden = seat.hasPassphrase
    field.required = !seat.hasPassphrase
  }
  seat.addEventListener('change', update)
  update()
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const passphrase = seat.hasPassphrase ? undefined : field.value
    field.value = ''
    go(async () => {
      await seat.lock(passphrase)
      return `${seat.name} is locked: all that is on the disk is encrypted, and the key is nowhere.`
    })
  })
  return form
}
