/** An HTTP server on a free port of this machine. */

import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'

export interface Loopback {
  /** http://host:port, without a slash at the end. In this process no other server had, or will have, that port. */
  readonly origin: string
  close(): Promise<void>
}

/** A browser keeps what an origin stored when its server has ended, and the system gives out a free port again. */
const given = new Set<number>()

export async function listen(answer: RequestListener, host = '127.0.0.1'): Promise<Loopback> {
  const server = createServer(answer)
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const { port } = address
  const close = async (): Promise<void> => {
    const closed = once(server, 'close')
    server.close()
    // Browsers keep connections open for reuse.
    server.closeAllConnections()
    await closed
  }
  if (given.has(port)) {
    // The next one is begun first, so that it gets another port.
    const next = await listen(answer, host)
    await close()
    return next
  }
  given.add(port)
  return { origin: `http://${host}:${port}`, close }
}
