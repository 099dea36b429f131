/** An HTTP server on a free port of this machine. */

import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'

export interface Loopback {
  /** http://127.0.0.1:port, without a slash at the end. A port of its own is an origin of its own. */
  readonly origin: string
  close(): Promise<void>
}

export async function listen(answer: RequestListener): Promise<Loopback> {
  const server = createServer(answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const close = async (): Promise<void> => {
    const closed = once(server, 'close')
    server.close()
    // Browsers keep connections open for reuse.
    server.closeAllConnections()
    await closed
  }
  return { origin: `http://127.0.0.1:${address.port}`, close }
}
