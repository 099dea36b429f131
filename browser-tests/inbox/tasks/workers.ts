/** Running tasks in workers of the page. */

import { heardChanges, listenToChanges, receiveCounting } from './changes.js'
import { type EnteringAll, enterAll, type Receiving, receiveAll } from './inboxes.js'
import { beginKeep, type Receive, received, startReceiving } from './keeping.js'
import { untilReceived } from './overlap.js'
import { type FillQuota, fillQuota, releaseQuota } from './quota-file.js'
import { arm, outcomes, type Race } from './race.js'

export type WorkerKind = 'dedicated worker' | 'service worker'

export type Task =
  | ({ readonly task: 'arm' } & Race)
  | { readonly task: 'outcomes' }
  | ({ readonly task: 'receiveAll' } & Receiving)
  | ({ readonly task: 'untilReceived' } & Receiving)
  | ({ readonly task: 'enterAll' } & EnteringAll)
  | ({ readonly task: 'beginKeep' } & Receive)
  | ({ readonly task: 'startReceiving' } & Receive)
  | { readonly task: 'received' }
  | ({ readonly task: 'receiveCounting' } & Receive)
  | { readonly task: 'listenToChanges'; readonly database: string }
  | { readonly task: 'heardChanges'; readonly count: number }
  | ({ readonly task: 'fillQuota' } & FillQuota)
  | { readonly task: 'releaseQuota' }

/** Only pages of this suite speak to the worker. */
export const isTask = (data: unknown): data is Task =>
  typeof data === 'object' && data !== null && 'task' in data

async function perform(given: Task): Promise<unknown> {
  switch (given.task) {
    case 'arm':
      return arm(given)
    case 'outcomes':
      return outcomes()
    case 'receiveAll':
      return receiveAll(given)
    case 'untilReceived':
      return untilReceived(given)
    case 'enterAll':
      return enterAll(given)
    case 'beginKeep':
      return beginKeep(given)
    case 'startReceiving':
      return startReceiving(given)
    case 'received':
      return received()
    case 'receiveCounting':
      return receiveCounting(given)
    case 'listenToChanges':
      return listenToChanges(given.database)
    case 'heardChanges':
      return heardChanges(given.count)
    case 'fillQuota':
      return fillQuota(given)
    case 'releaseQuota':
      return releaseQuota()
  }
}

type Answer = { readonly value: unknown } | { readonly error: string }

/** In the worker. */
export async function answer(given: Task, port: MessagePort): Promise<void> {
  let answered: Answer
  try {
    answered = { value: await perform(given) }
  } catch (error) {
    answered = { error: String(error) }
  }
  port.postMessage(answered)
}

/** Beside the page. */
const script = 'worker.js'
const running = new Map<WorkerKind, Promise<Worker | ServiceWorker>>()

/** In the page, which keeps its one worker of each kind. */
export async function inWorker(kind: WorkerKind, given: Task): Promise<unknown> {
  const starting = running.get(kind) ?? start(kind)
  running.set(kind, starting)
  const worker = await starting
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve, reject) => {
    worker.addEventListener('error', () => reject(new Error(`${script} failed`)))
    port1.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ('error' in data) reject(new Error(data.error))
      else resolve(data.value)
    }
    worker.postMessage(given, [port2])
  })
}

async function start(kind: WorkerKind): Promise<Worker | ServiceWorker> {
  if (kind === 'dedicated worker') return new Worker(script)
  const { installing, waiting, active } = await navigator.serviceWorker.register(script)
  const worker = installing ?? waiting ?? active
  if (worker === null) throw new Error('the registration has no worker')
  await new Promise<void>((resolve, reject) => {
    const settle = (): void => {
      if (worker.state === 'activated') resolve()
      if (worker.state === 'redundant') reject(new Error(`${script} was not activated`))
    }
    worker.addEventListener('statechange', settle)
    settle()
  })
  return worker
}

/** Service workers stay with the origin: an engine that several tests share is left without them. */
export async function leaveWorkers(): Promise<void> {
  for (const worker of running.values()) {
    const started = await worker
    if (started instanceof Worker) started.terminate()
  }
  running.clear()
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister()
}
