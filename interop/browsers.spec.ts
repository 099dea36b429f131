/** OpenMLS whispers with a page of each engine, live. Part of `npm run interop`, which has built the peer. */

import { expect, type PageDriver, test } from '../browser-tests/fixtures.js'
import { promisedSuites } from '../browser-tests/tasks/library.js'
import { hex, unhex } from '../tests/support/hex.js'
import { type InPage, withBrowserGroup } from './browser-group.js'
import { ofAllSizes, type Said, short } from './checks.js'
import { writeBrowserOutcome } from './files.js'
import type { Voice } from './member.js'
import { hasTsMls, type InteropSuite, interopSuites } from './suites.js'

const contents = [...short, ...ofAllSizes]

for (const suite of interopSuites.filter(hasTsMls)) {
  test(`whispers with OpenMLS both ways, suite ${suite.name}`, async ({ driver, openSuite }) => {
    await openSuite()
    const isSupported = await supports(driver, suite)
    let opened = 0
    let sealed = 0
    if (isSupported) {
      await withBrowserGroup(suite, async (itself, inPage) => {
        opened = await openInPage(driver, itself, inPage)
        sealed = await sealInPage(driver, itself, inPage)
      })
    } else {
      expect(promisedSuites, 'every engine is to run this suite').not.toContain(suite.id)
    }
    const { engine, version } = driver
    writeBrowserOutcome({ engine, version, suite: suite.name, isSupported, opened, sealed })
  })
}

const supports = async (driver: PageDriver, { id }: InteropSuite): Promise<boolean> =>
  (await driver.run(() => library.supportedCipherSuites())).includes(id)

/** The page opens what OpenMLS seals. Returns how many messages that were. */
async function openInPage(driver: PageDriver, itself: Voice, inPage: readonly InPage[]): Promise<number> {
  const entries = []
  const expected = []
  for (const [recipient, { stack, leafIndex }] of inPage.entries()) {
    for (const said of contents) {
      const name = nameOf(stack, said)
      const message = await itself.seal({ ...said, recipientLeafIndex: leafIndex })
      entries.push({ name, recipient, message: hex(message) })
      expected.push({ name, outcome: 'opened', senderLeafIndex: itself.leafIndex, ...inHex(said) })
    }
  }
  const recipients = inPage.map(({ member }) => member)
  const opened = await driver.run((given) => tasks.openEntries(library, given), { recipients, entries })
  expect(opened).toEqual(expected)
  return opened.length
}

/** OpenMLS opens what the page seals. */
async function sealInPage(driver: PageDriver, itself: Voice, inPage: readonly InPage[]): Promise<number> {
  let sealed = 0
  for (const { stack, leafIndex, member } of inPage) {
    for (const said of contents) {
      const given = { sender: member, recipientLeafIndex: itself.leafIndex, ...inHex(said) }
      const message = await driver.run((wanted) => tasks.sealHex(library, wanted), given)
      const { senderLeafIndex, ...opened } = await itself.open(unhex(message))
      expect([senderLeafIndex, inHex(opened)], nameOf(stack, said)).toEqual([leafIndex, inHex(said)])
      sealed += 1
    }
  }
  return sealed
}

const inHex = ({ applicationData, authenticatedData }: Said) => ({
  applicationData: hex(applicationData),
  authenticatedData: hex(authenticatedData),
})

const nameOf = (stack: string, { applicationData, authenticatedData }: Said): string =>
  `${stack}: ${applicationData.length} bytes, ${authenticatedData.length} authenticated`
