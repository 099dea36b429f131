// A dedicated worker and a service worker: it answers each request on the port that came with it.
import { answer, isTask } from '../../inbox/tasks/workers.js'

addEventListener('message', (event: Event) => {
  // A service worker's event is no MessageEvent, but has the same two fields.
  if (!('data' in event && 'ports' in event && Array.isArray(event.ports))) return
  const [port] = event.ports
  if (!(port instanceof MessagePort) || !isTask(event.data)) return
  const answered = answer(event.data, port)
  if ('waitUntil' in event && typeof event.waitUntil === 'function') event.waitUntil(answered)
})
