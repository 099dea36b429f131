import { fillSelect, find, report } from '../dom.js'
import { hex } from '../scenario/fields.js'
import { arrive } from './arrive.js'
import { enterGroup, enterNext, names, type Others, whisper } from './group.js'
import { arrivals as allArrivals, channelName } from './shelf.js'
import { arrivalView } from './view.js'

const device = find('device', HTMLParagraphElement)
const notifications = find('notifications', HTMLButtonElement)
const sender = find('sender', HTMLSelectElement)
const sealedIn = find('sealed-in', HTMLSelectElement)
const text = find('text', HTMLTextAreaElement)
const seal = find('seal', HTMLButtonElement)
const status = find('status', HTMLParagraphElement)
const deliver = find('deliver', HTMLAnchorElement)
const process = find('process', HTMLButtonElement)
const arrivals = find('arrivals', HTMLUListElement)
const noArrivals = find('no-arrivals', HTMLParagraphElement)

let others: Others | undefined

async function setUp(): Promise<string> {
  if (!('serviceWorker' in navigator)) throw new Error('there are no service workers here')
  const [made] = await Promise.all([enterGroup(), startWorker()])
  others = made
  fillSelect(sealedIn, [
    ['now', `${made.now[0]?.epoch}, Bob’s current one`],
    ['next', `${made.next[0]?.epoch}, which Bob has not entered`],
  ])
  seal.disabled = false
  process.disabled = false
  return 'Bob is in a group with Alice and Carol. His epoch is in the inbox, and the worker is ready.'
}

/** The scope includes this page, but not that of the push service. */
async function startWorker(): Promise<void> {
  await navigator.serviceWorker.register('push-worker.js', { type: 'module', scope: 'push' })
  await navigator.serviceWorker.ready
}

async function sealNow(): Promise<string> {
  if (!others) throw new Error('there is no group')
  const epochs = sealedIn.value === 'next' ? others.next : others.now
  const leafIndex = Number(sender.value)
  const message = await whisper(epochs, leafIndex, text.value)
  deliver.href = `deliver.html#${hex(message, message.length)}`
  deliver.hidden = false
  return `${names[leafIndex]} sealed ${message.length} bytes to Bob. They are on their way.`
}

async function processCommit(): Promise<string> {
  if (!others) throw new Error('there is no group')
  process.disabled = true
  let early = 0
  await enterNext(others, (message) => {
    early += 1
    return arrive(message, 1)
  })
  await showArrivals()
  return `Bob is in epoch ${others.next[0]?.epoch}. Messages that came too early and were opened now: ${early}.`
}

async function showArrivals(): Promise<void> {
  const came = await allArrivals()
  noArrivals.hidden = came.length > 0
  arrivals.replaceChildren(...came.map(arrivalView))
}

function offerNotifications(): void {
  notifications.hidden = !('Notification' in globalThis) || Notification.permission !== 'default'
}

fillSelect(
  sender,
  names.flatMap((name, leafIndex) =>
    name === 'Bob' ? [] : [[leafIndex, `${name} (leaf ${leafIndex})`] as const],
  ),
)
offerNotifications()

notifications.addEventListener('click', async () => {
  await Notification.requestPermission()
  offerNotifications()
})
process.addEventListener('click', () => void report(device, 'Bob processes the commit …', processCommit))
find('form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault()
  void report(status, 'Sealing …', sealNow)
})
// Also when the user comes back to this page from the back-forward cache.
addEventListener('pageshow', () => void showArrivals())
new BroadcastChannel(channelName).onmessage = () => void showArrivals()

void report(device, 'ts-mls makes a group …', setUp)
