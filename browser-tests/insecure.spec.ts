/** A page over http: that is not from localhost. The library loads there, and says what is wanted. */

import { hostname } from 'node:os'
import { expect, test } from './fixtures.js'
import { openSuitePage, packageMounts } from './package/served.js'
import { referencePair } from './reference.js'

const refused = expect.stringMatching(/^unsupported-cipher-suite: .*secure context/)

test('on a page that is not a secure context each call says so', async ({ driver, serveHere, report }) => {
  // Browsers go by the name, even if it stands for 127.0.0.1.
  const { origin } = await serveHere({ mounts: packageMounts(), host: hostname() })
  await openSuitePage(driver, `${origin}/plain/`)
  expect(await driver.run(() => isSecureContext)).toBe(false)
  const { bob } = referencePair('02', 2)
  expect(await driver.run((given) => tasks.insecureCalls(library, given), bob)).toEqual({
    supportedCipherSuites: refused,
    'GroupEpoch.create': refused,
    'GroupEpoch.from': refused,
    // It needs no key before there is an epoch to enter.
    'Inbox.open': 'not refused',
  })
  // An unhandled rejection would be one of them.
  expect(await driver.consoleErrors()).toEqual([])
  report('Guards', 'a page that is not a secure context is told so', 'yes')
})
