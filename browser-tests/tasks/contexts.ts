/** Asking workers of each kind to seal and open; the groups are made by the page. */

import { type Couple, type GroupCipherSuite, makeCouple } from './couples.js'
import type { Heard } from './talk.js'

export type WorkerKind = 'dedicated worker' | 'shared worker' | 'service worker'

export interface TalkRequest {
  readonly couples: readonly Couple[]
}

/** What a worker says: one list per couple, or what it threw. */
export type TalkAnswer =
  | { readonly scope: string; readonly heard: readonly Heard[][]; readonly violations: readonly string[] }
  | { readonly error: string }

export const isTalkRequest = (data: unknown): data is TalkRequest =>
  typeof data === 'object' && data !== null && 'couples' in data && Array.isArray(data.couples)

const script = '/worker.js'

/** Talks in a new worker of this kind. */
export async function talkInWorker({
  kind,
  suites,
}: {
  kind: WorkerKind
  suites: readonly GroupCipherSuite[]
}): Promise<TalkAnswer | 'no such worker'> {
  const couples = []
  for (const suite of suites) couples.push(await makeCouple(suite))
  if (kind === 'dedicated worker') {
    const worker = new Worker(script, { type: 'module' })
    const answer = await ask(worker, couples, worker)
    worker.terminate()
    return answer
  }
  if (kind === 'shared worker') {
    if (!('SharedWorker' in globalThis)) return 'no such worker'
    const worker = new SharedWorker(script, { type: 'module' })
    const answer = await ask(worker.port, couples, worker)
    worker.port.close()
    return answer
  }
  const registration = await navigator.serviceWorker.register(script, { type: 'module' })
  const answer = await ask(await activated(registration), couples)
  await registration.unregister()
  return answer
}

interface Target {
  postMessage(message: unknown, transfer: Transferable[]): void
}

function ask(target: Target, couples: readonly Couple[], starting?: EventTarget): Promise<TalkAnswer> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve, reject) => {
    // A script that does not load, or throws as it does, would never answer.
    starting?.addEventListener('error', (event) => {
      reject(new Error(`${script}: ${event instanceof ErrorEvent ? event.message : 'not loaded'}`))
    })
    port1.onmessage = ({ data }: MessageEvent<TalkAnswer>) => resolve(data)
    const request: TalkRequest = { couples }
    target.postMessage(request, [port2])
  })
}

function activated({ installing, waiting, active }: ServiceWorkerRegistration): Promise<ServiceWorker> {
  const worker = installing ?? waiting ?? active
  return new Promise((resolve, reject) => {
    if (worker === null) return reject(new Error('the registration has no worker'))
    const settle = (): void => {
      if (worker.state === 'activated') resolve(worker)
      if (worker.state === 'redundant') reject(new Error(`${script} was not activated`))
    }
    worker.addEventListener('statechange', settle)
    settle()
  })
}
