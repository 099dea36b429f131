/** Records what a page reports before it goes on. Whatever happens to the page afterwards, that much is certain. */

import type { IncomingMessage } from 'node:http'
import { listen } from '../loopback.js'

export interface LogServer<Line> {
  readonly url: string
  /** Everything heard, in order. */
  readonly lines: Line[]
  /** Resolves with the next line. */
  next(): Promise<void>
  close(): Promise<void>
}

export async function startLog<Line>(): Promise<LogServer<Line>> {
  const lines: Line[] = []
  let heard = (): void => {}
  const { origin, close } = await listen((request, response) => {
    // The page is of another origin. It posts text, which needs no leave, and may read that it arrived.
    response.setHeader('access-control-allow-origin', '*')
    read(request).then(
      (text) => {
        const line: Line = JSON.parse(text)
        lines.push(line)
        response.writeHead(204).end()
        heard()
      },
      // The browser was killed while it sent, so this report does not count.
      () => response.destroy(),
    )
  })
  return {
    url: `${origin}/`,
    lines,
    next: () =>
      new Promise((resolve) => {
        heard = resolve
      }),
    close,
  }
}

async function read(request: IncomingMessage): Promise<string> {
  request.setEncoding('utf8')
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}
