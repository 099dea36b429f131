/** The library runs in pages and workers of every kind, under a policy that allows only scripts of the origin. */

import { expect, test } from './fixtures.js'
import { openSuitePage, packageMounts } from './package/served.js'
import { bothCurves } from './tasks/library.js'
import { expectedTalk } from './tasks/talk.js'

const policy = "default-src 'none'; script-src 'self'"
const strict = `${policy}; require-trusted-types-for 'script'`

test('in a page under a strict policy', async ({ driver, serveHere, report }) => {
  const headers = () => ({ 'content-security-policy': strict })
  const { origin } = await serveHere({ mounts: packageMounts(), headers })
  await driver.open(`${origin}/strict.html`)
  const result = await driver.waitForText('#result', /./, { timeout: 45_000 })
  expect(JSON.parse(result)).toEqual(bothCurves.map(expectedTalk))
  expect(await driver.consoleErrors()).toEqual([])
  report('Where it runs', 'page under a strict policy, no violation', 'yes')
})

for (const { kind, scope } of [
  { kind: 'dedicated worker', scope: 'DedicatedWorkerGlobalScope' },
  { kind: 'shared worker', scope: 'SharedWorkerGlobalScope' },
  { kind: 'service worker', scope: 'ServiceWorkerGlobalScope' },
] as const) {
  test(`in a ${kind} under a strict policy`, async ({ driver, serveHere, report }) => {
    // The page that starts a worker hands a string to a Trusted Types sink; the worker itself needs none.
    const headers = (path: string) => ({
      'content-security-policy': path === '/worker.js' ? strict : policy,
    })
    const { origin } = await serveHere({ mounts: packageMounts(), headers })
    await openSuitePage(driver, `${origin}/`)
    const answer = await driver.run((given) => tasks.talkInWorker(given), { kind, suites: bothCurves })
    // Chromium on Android and older WebKit have no shared workers.
    if (kind === 'shared worker' && answer === 'no such worker')
      return report('Where it runs', kind, 'no such thing')
    expect(answer).toEqual({ scope, heard: bothCurves.map(expectedTalk), violations: [] })
    expect(await driver.consoleErrors()).toEqual([])
    report('Where it runs', `${kind}, as a module, under a strict policy`, 'yes')
  })
}
