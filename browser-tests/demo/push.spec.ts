/** The demo's service worker opens what is pushed to it when no page of the app is open. */

import { expect, type PageDriver, test } from '../fixtures.js'
import { demoMounts } from '../package/served.js'
import { allowNotifications, realPush } from './real-push.js'

declare global {
  var told: Promise<void> | undefined
}

const status = '[data-testid="status"]'
const answer = (nth: number): string => `[data-testid="answers"] li:nth-child(${nth})`

test('a push with no page open', { tag: '@long' }, async ({ driver, launched, serveHere, report }) => {
  const { origin } = await serveHere({ mounts: demoMounts() })
  const real = launched.engine === 'chromium'
  if (real) await allowNotifications(launched, origin)
  await openApp(driver, origin)
  const onItsWay = await seal(driver, { from: 2, text: 'Bring candles – ✓' })
  expect(await driver.consoleErrors()).toEqual([])
  await driver.close()

  const service = await driver.newPage()
  await service.open(onItsWay)
  await service.click('[data-testid="deliver"]')
  const opened = await service.waitForText(answer(1), 'From')
  expect(opened).toMatch(/^Bring candles – ✓\s+From Carol \(leaf 2\); no page of the app open$/)

  // Whoever delivers it can do so again.
  await service.waitForText(status, 'delivered')
  await service.click('[data-testid="deliver"]')
  await service.waitForText(answer(2), /^replay\s.*no page of the app open$/s)
  expect(await service.consoleErrors()).toEqual([])

  // Of what a push service brought, nobody is told but the user: the app has to keep it.
  if (real) {
    await service.run(listen)
    await realPush(launched, origin, 'no MLS message')
    expect(await service.run(notifications)).toEqual([
      'A message was not opened',
      'A message was not opened',
      'Carol (leaf 2)',
    ])
  }
  await openApp(service, origin)
  const kept = await service.waitForText('[data-testid="arrivals"]', 'replay')
  expect(kept).toContain('From Carol (leaf 2); no page of the app open')
  expect(kept.includes('malformed')).toBe(real)
  await leaveWorker(service)
  report('Where it runs', 'service worker, a push with no page open', real ? 'yes' : 'yes, push-like event')
})

test('a push that cannot be opened, and one with the page open', { tag: '@long' }, async ({
  driver,
  serveHere,
}) => {
  const { origin } = await serveHere({ mounts: demoMounts() })
  await openApp(driver, origin)
  const early = await seal(driver, { from: 0, text: 'too early', sealedIn: 'next' })
  const now = await seal(driver, { from: 0, text: 'now' })

  const service = await driver.newPage()
  await service.open(now)
  await service.click('[data-testid="deliver"]')
  await service.waitForText(answer(1), 'From Alice (leaf 0); pages of the app that were open: 1')
  // What comes before its commit is kept, and opened when the commit is processed.
  await deliverAnew(service, early, /^epoch-ahead\s.*pages of the app that were open: 1$/s)
  await driver.click('[data-testid="process"]')
  await driver.waitForText('[data-testid="arrivals"]', 'too early')
  await deliverAnew(service, early, /^replay\s/)
  await driver.close()

  // A new page, so that there is no other than that of the push service.
  await deliverAnew(service, early.replace(/.$/, ''), 'There is nothing to deliver', status)
  await deliverAnew(service, `${origin}/deliver.html#00`, /^malformed\s/)
  // Bob's device joins another group, and leaves this one.
  await openApp(service, origin)
  // What came is there after a reload.
  for (const text of ['now', 'too early']) await service.waitForText('[data-testid="arrivals"]', text)
  await deliverAnew(service, now, /^unknown-group\s/)
  expect(await service.consoleErrors()).toEqual([])
  await leaveWorker(service)
})

let visits = 0

/** Seals in the app, and gives the page that delivers it. */
async function seal(
  app: PageDriver,
  { from, text, sealedIn = 'now' }: { from: number; text: string; sealedIn?: string },
): Promise<string> {
  await app.fill('[data-testid="text"]', text)
  await app.run(choose, { '[data-testid="sender"]': `${from}`, '[data-testid="sealed-in"]': sealedIn })
  const before = await app.run(linkInPage)
  await app.click('[data-testid="seal"]')
  await app.waitForText(status, 'They are on their way')
  const link = await app.run(linkInPage)
  expect(link).not.toBe(before)
  return link
}

async function openApp(page: PageDriver, origin: string): Promise<void> {
  await page.open(`${origin}/push.html`)
  await page.waitForText('[data-testid="device"]', 'the worker is ready', { timeout: 30_000 })
}

async function deliverAnew(
  service: PageDriver,
  url: string,
  expected: string | RegExp,
  where = answer(1),
): Promise<void> {
  // With another fragment alone, the same page would stay.
  await service.open(url.replace('#', `?${visits++}#`))
  if (where !== status) await service.click('[data-testid="deliver"]')
  await service.waitForText(where, expected)
}

const linkInPage = (): string =>
  document.querySelector<HTMLAnchorElement>('[data-testid="deliver"]')?.href ?? ''

function choose(values: Record<string, string>): void {
  for (const [selector, value] of Object.entries(values)) {
    const select = document.querySelector<HTMLSelectElement>(selector)
    if (select) select.value = value
  }
}

/** From here on, `told` is when the worker is done with what comes next. */
function listen(): void {
  globalThis.told = new Promise((resolve) => {
    new BroadcastChannel('push-demo').onmessage = () => resolve()
  })
}

async function notifications(): Promise<string[]> {
  await globalThis.told
  const registration = await navigator.serviceWorker.getRegistration('push')
  const shown = (await registration?.getNotifications()) ?? []
  for (const notification of shown) notification.close()
  return shown.map(({ title }) => title).sort()
}

/** Service workers stay with the origin: an engine that several tests share is left without them. */
async function leaveWorker(page: PageDriver): Promise<void> {
  await page.run(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations())
      await registration.unregister()
  })
}
