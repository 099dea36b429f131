/** What unit tests read with `node:fs` in Node, they read from Vitest's server in a page. */
export function readFileSync(url: URL): string {
  const request = new XMLHttpRequest()
  request.open('GET', url, false)
  request.send()
  const type = request.getResponseHeader('content-type') ?? ''
  if (request.status === 200 && !type.startsWith('text/html')) return request.responseText
  throw Object.assign(new Error(`no file ${url.pathname}`), { code: 'ENOENT' })
}
