import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { decodeTargetedMessage } from '../../lib/targeted/structs.js'
import { type Couple, combinations, couple } from '../support/epochs.js'
import { hex } from '../support/hex.js'
import { aeadOpen, senderAuthKey } from './derive.js'
import { type OracleMember, oracleOpen, oracleSeal } from './oracle.js'
import { senderAuthDataAad } from './structures.js'
import { suiteOf } from './suites.js'
import { Reader, text } from './wire.js'

const content = {
  applicationData: fc.uint8Array({ maxLength: 300 }),
  authenticatedData: fc.uint8Array({ maxLength: 80 }),
  padding: fc.nat({ max: 100 }),
}
const runs = { numRuns: 5 }

describe.each(combinations)('with the oracle: revision $revision, suite $cipherSuite', (combination) => {
  let group: Couple
  beforeAll(async () => {
    group = await couple(combination)
  })

  test('it opens what we seal', () =>
    fc.assert(
      fc.asyncProperty(fc.record(content), async ({ applicationData, authenticatedData, padding }) => {
        const recipientLeafIndex = 1
        const message = await group.alice.seal({
          recipientLeafIndex,
          applicationData,
          authenticatedData,
          padding,
        })
        const opened = await oracleOpen(group.as(1), message)
        expect(opened.senderLeafIndex).toBe(0)
        expect(opened.paddingLength).toBe(padding)
        expect(hex(opened.applicationData)).toBe(hex(applicationData))
        expect(hex(opened.authenticatedData)).toBe(hex(authenticatedData))
      }),
      runs,
    ))

  test('we open what it seals', () =>
    fc.assert(
      fc.asyncProperty(fc.record(content), async ({ applicationData, authenticatedData, padding }) => {
        const message = await oracleSeal(group.as(2), {
          recipientLeafIndex: 1,
          applicationData,
          authenticatedData,
          paddingLength: padding,
        })
        const opened = await group.bob.open(message)
        expect(opened.senderLeafIndex).toBe(2)
        expect(hex(opened.applicationData)).toBe(hex(applicationData))
        expect(hex(opened.authenticatedData)).toBe(hex(authenticatedData))
      }),
      runs,
    ))

  test('the signature on the wire is DER for ECDSA, 64 bytes for Ed25519 (RFC 9420 section 5.1.1)', async () => {
    const message = await group.alice.seal({ recipientLeafIndex: 1, applicationData: text('signed') })
    const signature = await signatureOnTheWire(group.as(1), message)
    if ([1, 3].includes(combination.cipherSuite)) {
      expect(signature).toHaveLength(64)
    } else {
      // The oracle accepts no other encoding than the one that it would write itself.
      expect(hex(signature)).toMatch(signature.length < 130 ? /^30..02/ : /^3081..02/)
      await expect(oracleOpen(group.as(1), message)).resolves.toMatchObject({ senderLeafIndex: 0 })
    }
  })
})

async function signatureOnTheWire(member: OracleMember, message: Uint8Array): Promise<Uint8Array> {
  const { ciphertext, encryptedSenderAuthData } = decodeTargetedMessage(new Uint8Array(message))
  const suite = suiteOf(member.cipherSuite)
  const key = await senderAuthKey(suite, member.exporterSecret, ciphertext)
  const aad = senderAuthDataAad(member, member.self.leafIndex)
  // The oracle wants bytes in a buffer of their own.
  const reader = new Reader(await aeadOpen(suite, key, aad, encryptedSenderAuthData.slice()))
  expect(reader.uint32()).toBe(0)
  return reader.opaque()
}
