/** The column of a member that is not awake, or that cannot go on. */

import { make } from '../dom.js'
import type { Member } from '../messenger/member.js'
import type { Rest, Seat } from '../messenger/seat.js'
import { isFull, reasonOf } from '../reason.js'
import { whisper } from '../sending/actions.js'
import { button } from './button.js'
import type { MemberActions } from './member-actions.js'

/** How many messages a sleeping member is sent. */
const many = 500

type Actions = Pick<MemberActions, 'act' | 'others'>

export function restView(seat: Seat, rest: Rest, actions: Actions): HTMLElement {
  return make('div', `rest-${rest}`, ...views[rest](seat, actions))
}

/** Beside the name. */
export const restLabels: Readonly<Record<Rest, string>> = {
  asleep: 'asleep',
  dark: 'without power',
  locking: 'being locked …',
  locked: 'locked',
}

const views: Record<Rest, (seat: Seat, actions: Actions) => Node[]> = {
  asleep: (seat, { act, others }) => [
    make('p', '', `${seat.name} sleeps. What is sent meanwhile waits with the delivery service.`),
    button(`Send ${many} whispers to ${seat.name}`, 'quiet', () => act(() => sendMany(seat, others(seat)))),
    button(`Wake ${seat.name}`, '', () => act(() => wake(seat))),
  ],
  dark: (seat, { act }) => [
    make(
      'p',
      '',
      `The power failed while ${seat.name} was receiving. What is stored is stored, and nothing else.`,
    ),
    button(`Plug ${seat.name} in again`, '', () => act(() => wake(seat))),
  ],
  locking: (seat) => [make('p', '', `What is stored of ${seat.name} is being encrypted …`)],
  locked: (seat, { act }) => [unlockForm(seat, act)],
}

async function wake(seat: Seat): Promise<string> {
  await seat.wake()
  return `${seat.name} is awake, and goes on where its record ends.`
}

async function sendMany(seat: Seat, [sender]: readonly Member[]): Promise<string> {
  if (!sender) throw new Error('This takes another member of the group in this tab.')
  const began = performance.now()
  await sender.act((record) =>
    Array.from({ length: many }, (_, i) => `${i + 1} of ${many}`).reduce(
      (latest, text) => whisper({ recipients: [seat.name], text, delivery: 'now' })(latest),
      record,
    ),
  )
  await sender.settled()
  const milliseconds = Math.round(performance.now() - began)
  return `${sender.record.name} sealed, stored and sent ${many} whispers in ${milliseconds.toLocaleString('en')} ms. Wake ${seat.name}.`
}

function unlockForm(seat: Seat, act: Actions['act']): HTMLElement {
  const form = document.createElement('form')
  const field = passphraseField(`Passphrase of ${seat.name}`)
  const open = document.createElement('button')
  open.type = 'submit'
  open.textContent = 'Unlock'
  const label = make('label', '', `${seat.name} is locked. Passphrase`, field)
  form.className = 'unlock'
  form.append(label, open)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void act(async () => {
      await seat.unlock(field.value)
      return `${seat.name} is unlocked.`
    })
  })
  return form
}

export function passphraseField(label: string): HTMLInputElement {
  const field = document.createElement('input')
  field.type = 'password'
  field.name = 'passphrase'
  field.autocomplete = 'off'
  field.required = true
  field.setAttribute('aria-label', label)
  return field
}

/** A member that could not store what arrived stays where it is, and loses nothing. */
export function failureView(member: Member): HTMLElement | undefined {
  const { failure } = member
  if (failure === undefined) return undefined
  const text = isFull(failure)
    ? `The disk is full, so ${member.record.name} has stopped: what cannot be stored is not received, and not sent. Nothing is lost. Make room, and try again.`
    : `${member.record.name} has stopped: ${reasonOf(failure)}`
  return make(
    'div',
    'failure',
    make('p', '', text),
    button('Try again', 'small', () => void member.resume()),
  )
}

/** What arrived while it was away. */
export function backlogView(member: Member): HTMLElement | undefined {
  const { backlog } = member
  if (!backlog) return undefined
  const { done, total, took } = backlog
  const bar = document.createElement('progress')
  bar.max = total
  bar.value = done
  bar.setAttribute('aria-label', 'Messages that came in')
  const each = (took / Math.max(1, done)).toFixed(1)
  const text =
    done < total
      ? `${done} of ${total} came in, ${each} ms each`
      : `${total} messages came in, each opened, stored and marked in ${each} ms.`
  return make('div', 'backlog', bar, make('p', '', text))
}
