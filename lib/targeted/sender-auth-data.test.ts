import { beforeAll, describe, expect, test } from 'vitest'
import { readParts } from '../../tests/hostile/message-parts.js'
import { oracleOpen, oracleSeal } from '../../tests/oracle/oracle.js'
import { text } from '../../tests/oracle/wire.js'
import { type Couple, couple } from '../../tests/support/epochs.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { hex } from '../../tests/support/hex.js'
import { readHeader } from '../index.js'
import {
  decodeTargetedMessage,
  encodeTargetedMessage,
  headerFields,
  type TargetedMessage,
} from './structs.js'

const encoded = (message: TargetedMessage) =>
  encodeTargetedMessage(headerFields(message), message.encryptedSenderAuthData, message.ciphertext)

describe.each([
  { cipherSuite: 1, Nh: 32 },
  { cipherSuite: 7, Nh: 48 },
])('sender auth data, draft section 5.3, suite $cipherSuite', ({ cipherSuite, Nh }) => {
  let group: Couple
  const recipientLeafIndex = 1

  beforeAll(async () => {
    group = await couple({ revision: '01', cipherSuite })
  })

  /** The ciphertext is as long as the content and its tag of 16 bytes. */
  const seal = (ciphertextLength: number) =>
    group.alice.seal({
      recipientLeafIndex,
      applicationData: new Uint8Array(),
      padding: ciphertextLength - 17,
    })

  test.each([-15, -1, 0, 1, 100])(
    'a ciphertext of KDF.Nh %i bytes opens, also for the oracle',
    async (more) => {
      const message = await seal(Nh + more)
      expect(decodeTargetedMessage(message).ciphertext).toHaveLength(Nh + more)
      await expect(group.bob.open(message)).resolves.toMatchObject({ senderLeafIndex: 0 })
      await expect(oracleOpen(group.as(1), message)).resolves.toMatchObject({ paddingLength: Nh + more - 17 })
    },
  )

  test('the sample is the first KDF.Nh bytes and no more', async () => {
    const message = decodeTargetedMessage(await seal(Nh + 5))
    const changed = (at: number) => {
      const ciphertext = message.ciphertext.map((byte, i) => (i === at ? byte ^ 1 : byte))
      return group.bob.open(encoded({ ...message, ciphertext }))
    }
    await expectCode(changed(0), 'sender-auth-data')
    await expectCode(changed(Nh - 1), 'sender-auth-data')
    await expectCode(changed(Nh), 'signature')
  })

  test('the aad is group, epoch and recipient: it goes with no other message', async () => {
    const [one, two] = [decodeTargetedMessage(await seal(90)), decodeTargetedMessage(await seal(90))]
    const mixed = { ...one, encryptedSenderAuthData: two.encryptedSenderAuthData }
    await expectCode(group.bob.open(encoded(mixed)), 'sender-auth-data')
    const toAnother = decodeTargetedMessage(await oracleSeal(group.as(0), { recipientLeafIndex: 2 }))
    const readdressed = encoded({ ...toAnother, recipientLeafIndex })
    await expectCode(group.bob.open(readdressed), 'sender-auth-data')
  })

  test.each([0, 15, 16, 17])('encrypted sender auth data of %i bytes does not decrypt', async (length) => {
    const message = decodeTargetedMessage(await seal(90))
    const cut = { ...message, encryptedSenderAuthData: message.encryptedSenderAuthData.slice(0, length) }
    const { cause } = await expectCode(group.bob.open(encoded(cut)), 'sender-auth-data')
    expect(cause).toBeDefined()
  })

  test('the sender, the signature and the KEM output are not in the clear', async () => {
    const message = await group.alice.seal({ recipientLeafIndex, applicationData: text('x') })
    const { signature, kemOutput } = await readParts(group.as(2), message)
    const onTheWire = hex(message)
    for (const part of [signature, kemOutput]) {
      for (let at = 0; at + 8 <= part.length; at += 8) {
        expect(onTheWire).not.toContain(hex(part.subarray(at, at + 8)))
      }
    }
    expect(Object.keys(readHeader(message)).sort()).toEqual([
      'authenticatedData',
      'epoch',
      'groupId',
      'recipientLeafIndex',
    ])
  })
})
