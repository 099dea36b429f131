import fc from 'fast-check'
import { encryptWithLabel } from 'ts-mls/crypto/hpke.js'
import { describe, expect, test } from 'vitest'
import {
  hpkeAad,
  hpkeInfo,
  pskId,
  senderAuthData,
  senderAuthDataAad,
  toBeSigned,
} from '../../tests/oracle/structures.js'
import { suiteOf } from '../../tests/oracle/suites.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { hex, unhex } from '../../tests/support/hex.js'
import { revisions as revisionNames } from '../../tests/support/suites.js'
import { encode, type Field, opaque } from '../tls/writer.js'
import { type Revision, revisions } from './revisions.js'
import {
  contextFields,
  decodeSenderAuthData,
  decodeTargetedMessage,
  encodeTargetedMessage,
  headerFields,
  pskIdFields,
  senderAuthDataFields,
  tbsFields,
} from './structs.js'

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((value) => new Uint8Array(value))
const uint32 = fc.integer({ min: 0, max: 0xffffffff })
const header = fc.record({
  groupId: bytes(80),
  epoch: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  recipientLeafIndex: uint32,
  authenticatedData: bytes(300),
})
const authData = fc.record({ senderLeafIndex: uint32, signature: bytes(140), kemOutput: bytes(140) })

const written = (field: Field) => hex(encode(field))

/** The oracle's view; what it does not read is empty. */
const oracle = (revision: Revision, groupId: Uint8Array, epoch: bigint, groupContext = new Uint8Array()) => ({
  revision,
  cipherSuite: 2,
  groupId,
  epoch,
  groupContext,
  exporterSecret: groupContext,
  members: [],
  self: { leafIndex: 0, encryptionPrivateKey: groupContext, signaturePrivateKey: groupContext },
})

describe('structures of draft section 3, and what the oracle writes', () => {
  test('PSKId and SenderAuthDataAAD', () =>
    fc.assert(
      fc.property(header, (fields) => {
        const member = oracle('00', fields.groupId, fields.epoch)
        expect(written(pskIdFields(fields.groupId, fields.epoch))).toBe(hex(pskId(member)))
        expect(hex(headerFields(fields).senderAuthDataAad)).toBe(
          hex(senderAuthDataAad(member, fields.recipientLeafIndex)),
        )
      }),
    ))

  test.each(revisionNames)('TBS, TBM or its like, HPKE info: revision %s', (revision) =>
    fc.assert(
      fc.asyncProperty(header, authData, bytes(200), async (fields, auth, other) => {
        const { info, aad, order } = revisions[revision]
        const member = oracle(revision, fields.groupId, fields.epoch, other)
        const all = { ...fields, ...auth }
        expect(written(aad(headerFields(fields), auth))).toBe(hex(hpkeAad(member, all, auth.signature)))

        const pair = { recipientLeafIndex: fields.recipientLeafIndex, senderLeafIndex: auth.senderLeafIndex }
        expect(written(info(other, pair))).toBe(
          hex(hpkeInfo(member, pair.recipientLeafIndex, pair.senderLeafIndex)),
        )

        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', other))
        const tbs = tbsFields(headerFields(fields), auth, order === 'encrypt-then-sign' ? digest : undefined)
        expect(written(tbs)).toBe(hex(await toBeSigned(suiteOf(2), member, all, other)))
      }),
      { numRuns: 50 },
    ),
  )

  test('TargetedMessageContext of 00 has the structure of EncryptContext, RFC 9420 section 5.1.3', async () => {
    const groupContext = unhex('aa'.repeat(100))
    // Gives back what ts-mls hands to HPKE as `info`.
    const hpke = { seal: (...[, , info]: Uint8Array[]) => info }
    const info = Reflect.apply(encryptWithLabel, undefined, [
      undefined,
      'TargetedMessageData',
      groupContext,
      undefined,
      hpke,
    ])
    expect(written(contextFields(opaque(groupContext)))).toBe(hex(info))
  })

  test('TargetedMessageSenderAuthData', () =>
    fc.assert(
      fc.property(authData, (auth) => {
        const encoded = encode(senderAuthDataFields(auth))
        const like = { ...auth, recipientLeafIndex: 0, authenticatedData: new Uint8Array() }
        expect(hex(encoded)).toBe(hex(senderAuthData(like, auth.signature)))
        expect(decodeSenderAuthData(encoded)).toEqual(auth)
      }),
    ))

  test('TargetedMessage reads back, and no prefix of it does', () =>
    fc.assert(
      fc.asyncProperty(header, bytes(80), bytes(80), async (fields, encryptedSenderAuthData, ciphertext) => {
        const message = { ...fields, encryptedSenderAuthData, ciphertext }
        const encoded = encodeTargetedMessage(headerFields(fields), encryptedSenderAuthData, ciphertext)
        expect(decodeTargetedMessage(encoded)).toEqual(message)
        for (let length = 0; length < encoded.length; length += 3) {
          await expectCode(() => decodeTargetedMessage(encoded.slice(0, length)), 'malformed')
        }
      }),
      { numRuns: 20 },
    ))
})

test.each([
  ['nothing', ''],
  ['only a leaf index', '00000001'],
  ['no kem_output', '000000010161'],
  ['a short kem_output', '0000000101610262'],
  ['a trailing byte', '0000000101610162ff'],
  ['a length not minimal', '00000001400161 0162'.replace(' ', '')],
])('TargetedMessageSenderAuthData: %s is malformed', async (_, data) => {
  await expectCode(() => decodeSenderAuthData(unhex(data)), 'malformed')
})
