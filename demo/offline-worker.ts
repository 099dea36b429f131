/** Keeps all files of one build, and serves them if there is no network. */

/** The build fills in its files. */
declare const build: { readonly version: string; readonly files: readonly string[] }

interface ExtendableEvent extends Event {
  waitUntil(done: Promise<unknown>): void
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}

interface OfflineScope {
  readonly registration: { readonly scope: string }
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void
}

declare const self: OfflineScope

const { scope } = self.registration
/** Other demos may share the origin, and its caches. */
const prefix = `offline ${scope} `
const name = prefix + build.version

/** Names of assets contain a hash of their content; names of other files do not change with the content. */
const isHashed = (file: string): boolean => file.startsWith('assets/')

self.addEventListener('install', (event) => event.waitUntil(keep()))
self.addEventListener('activate', (event) => event.waitUntil(forgetOthers()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const file = fileOf(request)
  if (file !== undefined)
    event.respondWith(isHashed(file) ? keptFirst(request, file) : networkFirst(request, file))
})

async function keep(): Promise<void> {
  const cache = await caches.open(name)
  const requests = build.files.map(
    (file) => new Request(scope + file, { cache: isHashed(file) ? 'default' : 'no-cache' }),
  )
  await cache.addAll(requests)
}

async function forgetOthers(): Promise<void> {
  const old = (await caches.keys()).filter((other) => other.startsWith(prefix) && other !== name)
  await Promise.all(old.map((other) => caches.delete(other)))
}

/** Within the build, whatever the query says; a directory is its index.html. */
function fileOf({ method, url }: Request): string | undefined {
  const { origin, pathname } = new URL(url)
  const whole = origin + pathname
  if (method !== 'GET' || !whole.startsWith(scope)) return undefined
  const file = whole.slice(scope.length) || 'index.html'
  return build.files.includes(file) ? file : undefined
}

async function keptFirst(request: Request, file: string): Promise<Response> {
  return (await kept(file)) ?? fetch(request)
}

/** So that a page comes from the newest build whenever there is a network. */
async function networkFirst(request: Request, file: string): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    const found = await kept(file)
    if (found) return found
    throw error
  }
}

async function kept(file: string): Promise<Response | undefined> {
  const found = await (await caches.open(name)).match(scope + file)
  // A redirected response must not answer a navigation.
  return found?.redirected ? new Response(found.body, { headers: found.headers }) : found
}
