/** A static server for the pages under test: 127.0.0.1 is a secure context, which file: pages are not. */

import { readFile, realpath } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { collectErrors } from './console-collector.js'
import { type Loopback, listen } from './loopback.js'

export interface ServeOptions {
  /** URL prefix, which ends in a slash, to directory. The longest prefix that fits wins. */
  readonly mounts: Readonly<Record<string, string | URL>>
  /** More response headers for a path, a Content-Security-Policy for instance; query strings do not count. */
  readonly headers?: (path: string) => Readonly<Record<string, string>>
  /** A name or address of this machine; 127.0.0.1 unless given. */
  readonly host?: string
}

export type TestServer = Loopback

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

const collector = `(${collectErrors.toString()})()\n`

export function serve(options: ServeOptions): Promise<TestServer> {
  return listen((request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
    })
  }, options.host)
}

async function answer(
  options: ServeOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405)
  const path = decodedPath(request.url ?? '/')
  if (path === undefined) return refuse(response, 400)
  const headers = { 'cache-control': 'no-store', ...options.headers?.(path) }

  if (path === '/__console.js') {
    response.writeHead(200, { ...headers, 'content-type': types['.js'] }).end(collector)
    return
  }
  const file = await findFile(options.mounts, path)
  if (file === undefined) {
    // Browsers request an icon without being asked; a 404 would show up among the page's errors.
    return refuse(response, path === '/favicon.ico' ? 204 : 404)
  }
  const type = types[extname(file)] ?? 'application/octet-stream'
  const body = await readFile(file)
  const sent = type.startsWith('text/html') ? withCollector(body.toString('utf8')) : body
  response.writeHead(200, { ...headers, 'content-type': type }).end(sent)
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end()
}

/** Not `new URL`, which resolves `..` silently: a path that climbs is refused instead. */
function decodedPath(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/, ''))
    const climbs = path.split(/[/\\]/).includes('..')
    return path.startsWith('/') && !climbs && !path.includes('\0') ? path : undefined
  } catch {
    return undefined
  }
}

async function findFile(mounts: ServeOptions['mounts'], path: string): Promise<string | undefined> {
  const prefix = Object.keys(mounts)
    .filter((candidate) => path.startsWith(candidate))
    .sort((a, b) => b.length - a.length)[0]
  const mounted = prefix === undefined ? undefined : mounts[prefix]
  if (prefix === undefined || mounted === undefined) return undefined
  try {
    const root = await realpath(mounted instanceof URL ? fileURLToPath(mounted) : mounted)
    const asked = path.slice(prefix.length)
    // Links are followed before the check, so that none leads out of the mount.
    const file = await realpath(
      resolve(root, `./${asked}`, asked === '' || asked.endsWith('/') ? 'index.html' : ''),
    )
    return file.startsWith(root + sep) ? file : undefined
  } catch {
    return undefined
  }
}

/** Before the page's first script, and after the doctype: in front of it, the page would be in quirks mode. */
function withCollector(html: string): string {
  const at =
    /<head(?:\s[^>]*)?>/i.exec(html) ?? /<html(?:\s[^>]*)?>/i.exec(html) ?? /<!doctype[^>]*>/i.exec(html)
  const end = at === null ? 0 : at.index + at[0].length
  return `${html.slice(0, end)}<script src="/__console.js"></script>${html.slice(end)}`
}
