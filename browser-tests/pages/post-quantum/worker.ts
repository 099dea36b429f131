/** A service worker that receives into the database of its page. */

import { receive } from '../../post-quantum/tasks.js'

addEventListener('message', (event: MessageEvent) => {
  const [port] = event.ports
  receive(event.data).then(
    (received) => port?.postMessage(received),
    (error: unknown) => port?.postMessage(String(error)),
  )
})
