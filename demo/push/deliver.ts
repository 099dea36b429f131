/** Plays the push service. It has the bytes of a message and the address of a worker, but none of the app's keys. */

import { find, report } from '../dom.js'
import type { Arrival } from './shelf.js'
import { arrivalView } from './view.js'

/** How long a worker may take to start and to answer, in milliseconds. */
const PATIENCE = 30_000

const deliver = find('deliver', HTMLButtonElement)
const status = find('status', HTMLParagraphElement)
const answers = find('answers', HTMLUListElement)
const noAnswers = find('no-answers', HTMLParagraphElement)

function messageOnItsWay(): Uint8Array | undefined {
  const digits = location.hash.slice(1)
  if (!/^(?:[0-9a-f]{2})+$/.test(digits)) return undefined
  return Uint8Array.from(digits.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))
}

function showMessage(): void {
  const message = messageOnItsWay()
  deliver.disabled = !message
  status.textContent = message
    ? `${message.length} bytes for Bob.`
    : 'There is nothing to deliver: seal a message in the app first.'
}

async function push(): Promise<string> {
  const message = messageOnItsWay()
  const registration = await navigator.serviceWorker.getRegistration('push')
  if (!message || !registration?.active) throw new Error('there is no worker: open the app once')
  const arrival = await answerOf(registration.active, message)
  noAnswers.hidden = true
  answers.append(arrivalView(arrival))
  return `${message.length} bytes delivered.`
}

function answerOf(worker: ServiceWorker, message: Uint8Array): Promise<Arrival> {
  const { port1, port2 } = new MessageChannel()
  return new Promise<Arrival>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the worker does not answer')), PATIENCE)
    port1.onmessage = ({ data }: MessageEvent<Arrival>) => {
      clearTimeout(timer)
      resolve(data)
    }
    worker.postMessage({ type: 'push', message }, [port2])
  })
}

deliver.addEventListener('click', () => void report(status, 'Delivering …', push))
addEventListener('hashchange', showMessage)
showMessage()
