/** How records hold keys in each engine, and which keys can be loaded without their bytes in the page. */

import { oracleSeal } from '../../tests/oracle/oracle.js'
import { text } from '../../tests/oracle/wire.js'
import { hex } from '../../tests/support/hex.js'
import { randomGroup } from '../../tests/support/random-group.js'
import type { EngineName } from '../engines/table.js'
import { libraryInNode } from '../package/served.js'
import { promisedSuites } from '../tasks/library.js'
import { memberToJson } from '../tasks/member.js'
import { expect, test } from './fixtures.js'
import { makeRoom, sealInNode } from './room.js'
import { loadByUnwrapping, unwrapForms } from './tasks/unwrap.js'

const at = { database: 'keys' }

/** What WebKit stores of an X25519 key it does not give back. */
const encryptionKeyOfSuite1: Readonly<Record<EngineName, Record<string, string>>> = {
  chromium: { encryptionPrivateKey: 'key: not extractable X25519', recordKey: 'none' },
  firefox: { encryptionPrivateKey: 'key: not extractable X25519', recordKey: 'none' },
  webkit: { encryptionPrivateKey: 'record-key', recordKey: 'not extractable AES-GCM' },
}

for (const cipherSuite of [1, 2]) {
  test(`without a storageKey, suite ${cipherSuite}: CryptoKeys that are not extractable`, async ({
    driver,
    pageUrl,
    report,
  }) => {
    const room = await makeRoom(cipherSuite)
    await driver.open(pageUrl)
    expect(await driver.run((given) => inboxTasks.enter(given), { at, member: room.bob, epoch: 1 })).toBe(
      'entered',
    )
    const ofSuite =
      cipherSuite === 1
        ? { ...encryptionKeyOfSuite1[driver.engine], signaturePrivateKey: 'key: not extractable Ed25519' }
        : {
            encryptionPrivateKey: 'key: not extractable ECDH',
            signaturePrivateKey: 'key: not extractable ECDSA',
            recordKey: 'none',
          }
    expect(await driver.run((name) => inboxTasks.storedKeys(name), at.database)).toEqual([
      { psk: 'key: not extractable HKDF', senderAuthDataSecret: 'key: not extractable HMAC', ...ofSuite },
    ])
    report(
      'Platform',
      `suite ${cipherSuite}: the encryption key in a record`,
      ofSuite.encryptionPrivateKey ?? '',
    )

    await driver.open(`${pageUrl}?again`)
    const message = await sealInNode(room, 1, 'after a reload')
    expect(await driver.run((given) => inboxTasks.receive(given), { at, message })).toBe(
      'released after a reload',
    )
    const sealing = { at, groupId: room.bob.groupId, recipientLeafIndex: 0 }
    expect(await driver.run((given) => inboxTasks.sealFromCurrent(given), sealing)).toBe('sealed')
  })
}

/** What `unwrapKey` takes in every engine, and in Node. */
const unwrapped = [
  'HKDF, raw',
  'HMAC SHA-256, raw',
  'HMAC SHA-384, raw',
  'HMAC SHA-512, raw',
  'X25519, JWK',
  'Ed25519, JWK',
  'ECDH P-256, JWK',
  'ECDSA P-256, JWK',
  'ECDH P-384, JWK',
  'ECDSA P-384, JWK',
  'ECDH P-521, JWK',
  'ECDSA P-521, JWK',
]

test('a storageKey that may encrypt and unwrap, and not decrypt', async ({ driver, pageUrl, report }) => {
  await driver.open(pageUrl)
  const inEngine = await driver.run(() => inboxTasks.unwrapForms())
  const inNode = await unwrapForms()
  console.log(
    `${driver.engine}: ${JSON.stringify(inEngine)}; Node ${process.version}: ${JSON.stringify(inNode)}`,
  )
  const every = Object.fromEntries(unwrapped.map((form) => [form, 'yes']))
  expect(inNode).toEqual(every)
  expect(inEngine).toEqual(every)

  for (const cipherSuite of promisedSuites) {
    const group = await randomGroup({ cipherSuite, leafIndices: [0, 1] })
    const sealed = await oracleSeal(group.as(0), {
      recipientLeafIndex: 1,
      applicationData: text('unwrapped'),
    })
    const { revision, ...member } = group.as(1)
    const given = { member: memberToJson(revision, member), message: hex(sealed) }
    expect(await driver.run((one) => inboxTasks.loadByUnwrapping(one), given), `suite ${cipherSuite}`).toBe(
      'unwrapped',
    )
    expect(await loadByUnwrapping(await libraryInNode(), given), `suite ${cipherSuite} in Node`).toBe(
      'unwrapped',
    )
  }
  const refused = Object.keys(inEngine).filter((form) => inEngine[form] !== 'yes')
  report('Platform', 'keys of an epoch that are unwrapped', refused.length === 0 ? 'all' : `not ${refused}`)
})
