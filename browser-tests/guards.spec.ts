/** Where engines differ or have faults, the library does the same in all of them. Each test fails without its guard. */

import { oracleSeal } from '../tests/oracle/oracle.js'
import { hex } from '../tests/support/hex.js'
import { referenceMember, referenceVectors } from '../tests/vectors/reference.js'
import { expect, test } from './fixtures.js'
import { referencePair } from './reference.js'
import { promisedSuites, revisions } from './tasks/library.js'
import { memberToJson } from './tasks/member.js'

const ecSuites = [2, 5, 7] as const

test.beforeEach(({ openSuite }) => openSuite())

test('a compressed point is no encryption key of a member, and is made whole as a signature key', async ({
  driver,
  report,
}) => {
  for (const suite of ecSuites) {
    const codes = await driver.run(
      (pair) => tasks.createWithCompressed(library, pair),
      referencePair('02', suite),
    )
    expect(codes, `suite ${suite}`).toEqual({
      encryptionKey: 'invalid-input',
      signatureKey: 'not refused',
      'signatureKey that is no point': 'invalid-input',
    })
  }
  report('Guards', 'compressed encryption key of a member', 'refused')
  report('Guards', 'compressed signature key of a member', 'taken')
})

test('a compressed point is no KEM output', async ({ driver, report }) => {
  for (const suite of ecSuites) {
    expect(
      await driver.run((pair) => tasks.openCompressedKemOutput(library, pair), referencePair('02', suite)),
    ).toBe('content')
  }
  report('Guards', 'compressed point as KEM output', 'refused')
})

test("another member's private key is refused", async ({ driver, report }) => {
  for (const suite of promisedSuites) {
    const codes = await driver.run(
      (pair) => tasks.createWithForeignKeys(library, pair),
      referencePair('02', suite),
    )
    expect(codes, `suite ${suite}`).toEqual({ encryption: 'invalid-input', signature: 'invalid-input' })
  }
  report('Guards', "another member's private key", 'refused')
})

test('private keys are taken in every form', async ({ driver, report }) => {
  for (const suite of promisedSuites) {
    const codes = await driver.run(
      (member) => tasks.createWithForms(library, member),
      referencePair('02', suite).alice,
    )
    expect(codes, `suite ${suite}`).toEqual({
      raw: 'not refused',
      'PKCS#8 without the public half': 'not refused',
      'extractable CryptoKey': 'not refused',
      CryptoKey: 'not refused',
    })
  }
  report('Guards', 'private keys raw, as PKCS#8, as CryptoKey', 'taken')
})

test('an Ed25519 signature of 63 bytes never reaches the engine', async ({ driver, report }) => {
  const group = referenceVectors('02').groups.find(({ cipherSuite }) => cipherSuite === 1)
  if (group === undefined) throw new Error('no reference group of suite 1')
  const [sender, recipient] = group.members.map(({ leafIndex }) => referenceMember('02', group, leafIndex))
  if (sender === undefined || recipient === undefined) throw new Error('no two members')
  for (const [length, expected] of [
    [63, { code: 'signature', verified: 0 }],
    [64, { code: 'not refused', verified: 1 }],
  ] as const) {
    const message = await oracleSeal(sender, {
      recipientLeafIndex: recipient.self.leafIndex,
      signature: (made) => made.slice(0, length),
    })
    const given = {
      recipients: [memberToJson('02', recipient)],
      entries: [{ name: `${length} bytes`, recipient: 0, message: hex(message) }],
    }
    expect(await driver.run((entries) => tasks.openCountingVerify(library, entries), given)).toEqual(expected)
  }
  report('Guards', 'Ed25519 signature of 63 bytes, unseen by the engine', 'refused')
})

test('ECDSA signatures are DER, whoever makes them', async ({ driver, report }) => {
  for (const suite of ecSuites) {
    const seal = (form: 'DER' | 'r||s') =>
      driver.run((given) => tasks.sealWithCallback(library, given), { ...referencePair('02', suite), form })
    expect(await seal('DER')).toBe('not refused')
    expect(await seal('r||s')).toBe('invalid-input')
  }
  report('Guards', 'signing callback that gives r||s', 'refused')
})

test('key generation that fails now and then goes unnoticed', async ({ driver, report }) => {
  for (const suite of [1, 2] as const) {
    const seal = (failures: number) =>
      driver.run((given) => tasks.sealWithFailures(library, given), {
        ...referencePair('02', suite),
        failures,
      })
    expect(await seal(3)).toEqual({ code: 'not refused' })
    expect(await seal(4)).toEqual({ code: 'content', cause: 'OperationError' })
  }
  report('Guards', 'three failures in a row to generate a key', 'unnoticed')
})

test('no context is too long', async ({ driver, report }) => {
  for (const suite of promisedSuites) {
    for (const revision of revisions) {
      const code = await driver.run(
        (pair) => tasks.talkAtLength(library, pair),
        referencePair(revision, suite),
      )
      expect(code, `suite ${suite}, revision ${revision}`).toBe('not refused')
    }
  }
  report('Guards', 'group context of 70,000 bytes, authenticated data of 20,000', 'taken')
})
