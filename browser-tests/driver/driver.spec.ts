/**
 * The page driver itself: each of its methods does the same in all three engines. That a profile outlives close and kill
 * is in inbox/reload.spec.ts and inbox/kill.spec.ts.
 */

import { readFileSync } from 'node:fs'
import { expect, test } from '../fixtures.js'
import { listen } from '../loopback.js'

const mounts = { '/': new URL('../pages/driver/', import.meta.url) }
const strict = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'"

test('names its engine and version', async ({ driver, launched }, { project }) => {
  expect(driver.engine).toBe(project.name)
  expect(driver.version).toMatch(/^\d+\.\d+/)
  expect(launched.version).toBe(driver.version)
})

test('no two servers have the same origin, even if one has ended', async () => {
  const origins = new Set<string>()
  // Of 28,000 ports, the system gives one twice in nearly every run of this.
  for (let i = 0; i < 400; i++) {
    const { origin, close } = await listen((_, response) => response.end())
    await close()
    origins.add(origin)
  }
  expect(origins.size).toBe(400)
})

test('opens, fills, clicks and reads', async ({ driver, serveHere }) => {
  const { origin } = await serveHere({ mounts })
  await driver.open(`${origin}/`)
  expect(await driver.text('h1')).toBe('Driver')
  await driver.fill('#name', 'old')
  await driver.fill('#name', 'Zoë – ✓')
  await driver.click('#greet')
  expect(await driver.waitForText('#greeting', 'Zoë')).toBe('Hello Zoë – ✓')
  expect(await driver.waitForText('#greeting', /^hello/i)).toBe('Hello Zoë – ✓')
  await expect(driver.waitForText('#greeting', 'Bye', { timeout: 100 })).rejects.toThrow(
    'shows "Hello Zoë – ✓"',
  )
  expect(await driver.consoleErrors()).toEqual([])
})

test('runs functions in the page', async ({ driver, serveHere }) => {
  const { origin } = await serveHere({ mounts })
  await driver.open(`${origin}/`)
  expect(await driver.run(() => globalThis.isSecureContext && 'subtle' in crypto)).toBe(true)
  expect(await driver.run(() => undefined)).toBeUndefined()
  const argument = { text: '</script>\u2028"\\', list: [1, null, true], nested: { deep: ['x'] } }
  expect(await driver.run(async (given) => given, argument)).toEqual(argument)
  const named = await driver.run(async (count) => {
    const step = 2
    const twice = (n: number): number => n * step
    function thrice(n: number): number {
      return n + twice(n)
    }
    return thrice(count)
  }, 7)
  expect(named).toBe(21)
  const long = 'a'.repeat(2_000_000)
  expect(await driver.run((text) => text.length, long)).toBe(2_000_000)
})

test('rejects with what the page threw', async ({ driver, serveHere }) => {
  const { origin } = await serveHere({ mounts })
  await driver.open(`${origin}/`)
  const thrown = driver.run(async () => {
    throw Object.assign(new RangeError('too far'), { code: 'FAR' })
  })
  await expect(thrown).rejects.toMatchObject({ name: 'RangeError', message: 'too far', code: 'FAR' })
  const dom = driver.run(() =>
    crypto.subtle.importKey('raw', new Uint8Array(0), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
  )
  await expect(dom).rejects.toMatchObject({ name: 'DataError' })
  const odd = driver.run(() => Promise.reject('only text'))
  await expect(odd).rejects.toThrow('only text')
})

test('runs in pages with a strict policy', async ({ driver, serveHere }) => {
  const { origin } = await serveHere({ mounts, headers: () => ({ 'content-security-policy': strict }) })
  await driver.open(`${origin}/`)
  expect(await driver.run(async (n) => n + 1, 1)).toBe(2)
  expect(await driver.text('h1')).toBe('Driver')
  // The style sheet is the one thing that this page loads and the policy forbids.
  const errors = await driver.consoleErrors()
  expect(errors.filter((line) => line.startsWith('csp: '))).toEqual([
    `csp: style-src-elem blocked ${origin}/page.css`,
  ])
})

test('collects everything that goes wrong in a page', async ({ driver, serveHere }) => {
  const { origin } = await serveHere({ mounts, headers: () => ({ 'content-security-policy': strict }) })
  await driver.open(`${origin}/errors.html`)
  await driver.waitForText('#state', 'done')
  const errors = await driver.consoleErrors()
  expect(errors).toContain('console.error: printed RangeError: inside')
  expect(errors).toContain('uncaught: TypeError: uncaught one')
  expect(errors).toContain('unhandled rejection: Error: rejected one')
  expect(errors).toContain('console.error: eval EvalError')
  expect(errors).toContainEqual(expect.stringMatching(/^csp: img-src blocked https:\/\/image\.invalid/))
  expect(errors).toContainEqual(expect.stringMatching(/^csp: (script-src|require-trusted-types-for) blocked/))
  expect(errors).toContainEqual(expect.stringMatching(/^not loaded: <script src="missing\.js"/))
  await driver.open(`${origin}/page.js`)
  await expect(driver.consoleErrors()).rejects.toThrow('did not load /__console.js')
})

test('sizes the viewport and takes screenshots', async ({ driver, serveHere }, testInfo) => {
  const { origin } = await serveHere({ mounts })
  await driver.open(`${origin}/`)
  for (const [width, height] of [
    [900, 500],
    [390, 844],
  ] as const) {
    await driver.resize(width, height)
    expect(await driver.run(() => [innerWidth, innerHeight])).toEqual([width, height])
    const path = testInfo.outputPath(`page-${width}.png`)
    await driver.screenshot(path)
    const png = readFileSync(path)
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height])
    // The page's own background, in every corner: what has not been painted yet would be black or white.
    const corners = await driver.run(cornersInPage, png.toString('base64'))
    expect(corners).toEqual(Array(4).fill('238 238 255'))
  }
})

test('lets two pages of one profile talk to each other', async ({ driver, serveHere }) => {
  const { origin } = await serveHere({ mounts })
  await driver.open(`${origin}/`)
  const other = await driver.newPage()
  await other.open(`${origin}/`)
  const answer = driver.run(
    () =>
      new Promise<string>((resolve) => {
        const channel = new BroadcastChannel('talk')
        channel.onmessage = ({ data }) => {
          if (data === 'ready?') channel.postMessage('ready')
          else resolve(String(data))
        }
      }),
  )
  await other.run(
    () =>
      new Promise<void>((resolve) => {
        const channel = new BroadcastChannel('talk')
        const ask = setInterval(() => channel.postMessage('ready?'), 20)
        channel.onmessage = () => {
          clearInterval(ask)
          channel.postMessage('hello')
          resolve()
        }
      }),
  )
  expect(await answer).toBe('hello')
  await other.close()
  expect(await driver.text('h1')).toBe('Driver')
})

async function cornersInPage(png: string): Promise<readonly string[]> {
  const image = new Image()
  image.src = `data:image/png;base64,${png}`
  await image.decode()
  const { width, height } = image
  const canvas = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')
  canvas?.drawImage(image, 0, 0)
  const colour = (x: number, y: number): string =>
    [...(canvas?.getImageData(x, y, 1, 1).data ?? [])].slice(0, 3).join(' ')
  return [colour(1, 1), colour(width - 2, 1), colour(1, height - 2), colour(width - 2, height - 2)]
}
