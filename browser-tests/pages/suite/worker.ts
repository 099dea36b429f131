// The same script is a dedicated worker, a shared worker and a service worker: it answers each request on the port
// that came with it.
import * as library from 'mls-targeted-messages'
import { isTalkRequest, type TalkAnswer } from '../../tasks/contexts.js'
import { talk } from '../../tasks/talk.js'

const violations: string[] = []

async function answer(data: unknown, port: MessagePort): Promise<void> {
  let answered: TalkAnswer
  try {
    if (!isTalkRequest(data)) throw new TypeError('no couples came with the request')
    const heard = await Promise.all(data.couples.map((couple) => talk(library, couple)))
    answered = { scope: globalThis.constructor.name, heard, violations }
  } catch (error) {
    answered = { error: String(error) }
  }
  port.postMessage(answered)
}

/** A service worker's event is no MessageEvent, but has the same two fields. */
function onMessage(event: Event): void {
  if (!('data' in event && 'ports' in event && Array.isArray(event.ports))) return
  const [port] = event.ports
  if (port instanceof MessagePort) answer(event.data, port)
}

addEventListener('message', onMessage)
addEventListener('connect', (event) => {
  if (!(event instanceof MessageEvent)) return
  for (const port of event.ports) {
    port.addEventListener('message', onMessage)
    port.start()
  }
})
addEventListener('securitypolicyviolation', (event) => {
  if ('effectiveDirective' in event) violations.push(String(event.effectiveDirective))
})
