import { supportedCipherSuites } from 'mls-targeted-messages'
import { fillSelect, find, placeholder, report } from './dom.js'
import { type Attempt, type Delivery, nameOf, names, Room } from './room.js'
import { revisions, suiteIds, suites } from './scenario/suites.js'
import { attemptsView, openedView, wireView } from './view.js'

const suite = find('suite', HTMLSelectElement)
const revision = find('revision', HTMLSelectElement)
const sender = find('sender', HTMLSelectElement)
const recipient = find('recipient', HTMLSelectElement)
const text = find('text', HTMLTextAreaElement)
const tamper = find('tamper', HTMLButtonElement)
const status = find('status', HTMLParagraphElement)
const opened = find('opened', HTMLDivElement)
const wire = find('wire', HTMLDivElement)
const refused = find('refused', HTMLDivElement)

let room: Room | undefined
let last: { delivery: Delivery; refusals: Node[] } | undefined

/** One thing after another, in the order of the clicks. */
let queue = Promise.resolve()

function enqueue(doing: string, action: () => Promise<string>): void {
  queue = queue.then(() => report(status, doing, action))
}

/** In milliseconds. */
async function timed<T>(action: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now()
  const result = await action()
  return [result, Math.max(1, Math.round(performance.now() - start))]
}

function clear(): void {
  last = undefined
  tamper.disabled = true
  opened.replaceChildren(placeholder('What the recipient reads appears here.'))
  wire.replaceChildren(placeholder('The bytes that everybody sees appear here.'))
  refused.replaceChildren(placeholder('What everybody else gets instead appears here.'))
}

async function enterRoom(): Promise<string> {
  clear()
  room = undefined
  const suiteId = suiteIds.find((id) => String(id) === suite.value)
  const chosen = revisions.find((name) => name === revision.value)
  if (!suiteId || !chosen) throw new Error('this engine runs none of the cipher suites of this page')
  const [made, duration] = await timed(() => Room.make(suiteId, chosen))
  room = made
  return `A new group: ${names.join(', ')}, in epoch ${made.epoch}. Made in ${duration} ms.`
}

function inRoom(): Room {
  if (!room) throw new Error('there is no group: choose another cipher suite')
  return room
}

async function sealAndOpen(): Promise<string> {
  clear()
  const here = inRoom()
  const [from, to] = [Number(sender.value), Number(recipient.value)]
  const [delivery, sealing] = await timed(() => here.seal(from, to, text.value))
  const [result, opening] = await timed(() => here.open(delivery))
  const attempts = await here.others(delivery)
  opened.replaceChildren(...openedView(delivery, result))
  wire.replaceChildren(...wireView(delivery))
  last = { delivery, refusals: attemptsView(`Everybody but ${nameOf(to)}`, attempts) }
  refused.replaceChildren(...last.refusals)
  tamper.disabled = false
  return `${delivery.message.length} bytes: sealed in ${sealing} ms, opened in ${opening} ms. By others: ${tally(attempts)}`
}

async function tamperWithLast(): Promise<string> {
  if (!last) return 'Seal a message first.'
  const { delivery, refusals } = last
  const attempts = await inRoom().tamper(delivery)
  const title = `Tampered copies that ${nameOf(delivery.recipient)} gets`
  refused.replaceChildren(...attemptsView(title, attempts), ...refusals)
  return `${attempts.length} tampered copies: ${tally(attempts)}`
}

function tally(attempts: readonly Attempt[]): string {
  const count = attempts.filter(({ error }) => error).length
  return `${count} of ${attempts.length} attempts refused.`
}

/** Nobody sends to oneself. */
function keepApart(): void {
  for (const option of recipient.options) option.disabled = option.value === sender.value
  if (recipient.value === sender.value || !recipient.value) {
    recipient.value = String((Number(sender.value) + 1) % names.length)
  }
}

const members = names.map((name, leafIndex) => [leafIndex, `${name} (leaf ${leafIndex})`] as const)
fillSelect(sender, members)
fillSelect(recipient, members)
fillSelect(
  revision,
  revisions.map((name) => [name, name === '00' ? '00 (default)' : name] as const),
)
keepApart()
clear()

sender.addEventListener('change', keepApart)
for (const select of [suite, revision]) {
  select.addEventListener('change', () => enqueue('ts-mls makes a group …', enterRoom))
}
find('form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault()
  enqueue('Sealing …', sealAndOpen)
})
tamper.addEventListener('click', () => enqueue('Tampering …', tamperWithLast))

enqueue('ts-mls makes a group …', async () => {
  const supported = await supportedCipherSuites()
  const offered = suiteIds.filter((id) => supported.includes(id))
  fillSelect(
    suite,
    offered.map((id) => [id, `${id}: ${suites[id].short}`] as const),
  )
  return enterRoom()
})
