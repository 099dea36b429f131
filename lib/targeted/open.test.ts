import { beforeAll, describe, expect, test } from 'vitest'
import { type OracleSealOptions, oracleSeal } from '../../tests/oracle/oracle.js'
import { type Bytes, concat, text } from '../../tests/oracle/wire.js'
import { type Couple, couple } from '../../tests/support/epochs.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { unhex } from '../../tests/support/hex.js'
import { runtimeSuites } from '../../tests/support/runtime.js'
import { revisions } from '../../tests/support/suites.js'
import type { TargetedMessageErrorCode } from '../index.js'

/** One thing wrong, in a message that is sealed, and signed, by a member of the group. */
type Hostile = [clause: string, code: TargetedMessageErrorCode, options: Partial<OracleSealOptions>]

const flip = (bytes: Bytes) => bytes.map((byte, i) => (i === 9 ? byte ^ 1 : byte))
const cut = (bytes: Bytes) => bytes.slice(0, -1)
const empty = () => new Uint8Array()
/** A zero before r, with the lengths of both elements one more; for Ed25519, just a zero. */
function padded(bytes: Bytes): Uint8Array {
  if (bytes[0] !== 0x30) return concat(bytes, Uint8Array.of(0))
  const at = bytes[1] === 0x81 ? 3 : 2
  const out = concat(bytes.subarray(0, at + 2), Uint8Array.of(0), bytes.subarray(at + 2))
  for (const length of [at - 1, at + 1]) out[length] = (out[length] ?? 0) + 1
  return out
}
const zero = (bytes: Bytes) => new Uint8Array(bytes.length)

const hostile: Hostile[] = [
  ['section 4: MUST verify the signature: another signer', 'signature', { claimedSenderLeafIndex: 2 }],
  [
    'section 4: MUST verify the signature: the recipient as sender',
    'signature',
    { claimedSenderLeafIndex: 1 },
  ],
  ['section 4: MUST verify the signature: other bytes signed', 'signature', { tbs: flip }],
  ['section 4: MUST verify the signature: one byte less signed', 'signature', { tbs: cut }],
  ['section 4: MUST verify the signature: another label', 'signature', { label: 'FramedContentTBS' }],
  ['section 4: MUST verify the signature: flipped', 'signature', { signature: flip }],
  ['section 4: MUST verify the signature: cut', 'signature', { signature: cut }],
  ['section 4: MUST verify the signature: a DER integer not minimal', 'signature', { signature: padded }],
  ['section 4: MUST verify the signature: empty', 'signature', { signature: empty }],
  ['section 4: MUST verify the signature: all zero', 'signature', { signature: zero }],
  ['section 5.1: MUST verify the padding: last byte', 'padding', { content: unhex('0161000001') }],
  ['section 5.1: MUST verify the padding: first byte', 'padding', { content: unhex('0161800000') }],
  ['section 5.1: MUST verify the padding: bytes that XOR to zero', 'padding', { content: unhex('01610101') }],
  ['section 5.1: content that ends early', 'malformed', { content: unhex('0261') }],
  ['section 5.1: content of one length prefix', 'malformed', { content: unhex('3f') }],
  ['section 5.1: content empty', 'malformed', { content: empty() }],
  ['section 5.1: content with a length not minimal', 'malformed', { content: unhex('400161') }],
  ['section 5.1: content with a reserved length', 'malformed', { content: unhex('c00161') }],
  ['section 5.2: KEM output short', 'content', { kemOutput: cut }],
  ['section 5.2: KEM output long', 'content', { kemOutput: (bytes) => concat(bytes, Uint8Array.of(0)) }],
  ['section 5.2: KEM output empty', 'content', { kemOutput: empty }],
  ['section 5.2: KEM output all zero', 'content', { kemOutput: zero }],
  ['section 5.2: KEM output of another key', 'content', { kemOutput: () => otherKemOutput }],
  ['section 5.2: KEM output no point of the curve', 'content', { kemOutput: notOnCurve }],
  ['section 5.3: trailing byte in the sender auth data', 'malformed', { senderAuthDataSuffix: unhex('00') }],
  [
    'section 6, step 4: MUST verify that the leaf is not blank',
    'sender-not-in-group',
    { claimedSenderLeafIndex: 3 },
  ],
  [
    'section 6, step 4: the leaf is outside the tree',
    'sender-not-in-group',
    { claimedSenderLeafIndex: 0xffffffff },
  ],
]

/** A public key as good as any, but not the one that was encapsulated with. */
let otherKemOutput: Uint8Array

/** Flipped, a point of a NIST curve is off it; Montgomery curves have no such bytes, so it is a point of order 1. */
function notOnCurve(bytes: Bytes): Uint8Array {
  return bytes[0] === 4 && bytes.length > 32 ? flip(bytes) : Uint8Array.of(1, ...zero(bytes).subarray(1))
}

describe.each(revisions)('validation, draft section 6, revision %s', (revision) => {
  // With the larger curves only what differs for them, and once; the reference vectors have the rest.
  const suites = runtimeSuites.filter((suite) => suite < 3 || revision === '02')
  describe.each(suites)('suite %i', (cipherSuite) => {
    let group: Couple
    const applicationData = text('a secret')
    const send = (options: Partial<OracleSealOptions>, leafIndex = 0) =>
      oracleSeal(group.as(leafIndex), { recipientLeafIndex: 1, applicationData, ...options })

    beforeAll(async () => {
      group = await couple({ revision, cipherSuite })
      otherKemOutput = group.members[2]?.encryptionKey ?? empty()
    })

    const ofSuite = hostile.filter(([clause]) => cipherSuite < 3 || clause.startsWith('section 5.2'))

    test.each(ofSuite)('%s: %s', async (_, code, options) => {
      await expectCode(group.bob.open(await send(options)), code)
    })

    test('nothing changed by all the refusals: what is good still opens', async () => {
      const refused = await Promise.all(ofSuite.map(([, , options]) => send(options)))
      const good = await send({})
      const results = await Promise.allSettled([...refused, good].map((message) => group.bob.open(message)))
      expect(results.map(({ status }) => status)).toEqual([...refused.map(() => 'rejected'), 'fulfilled'])
      expect((await group.bob.open(good)).applicationData).toEqual(applicationData)
    })

    test('step 1: MUST verify the group', async () => {
      const { groupId } = group.as(0)
      for (const other of [cut(new Uint8Array(groupId)), flip(new Uint8Array(groupId)), empty()]) {
        const message = await oracleSeal({ ...group.as(0), groupId: other }, { recipientLeafIndex: 1 })
        await expectCode(group.bob.open(message), 'unknown-group')
      }
    })

    test('step 2: MUST verify the epoch, past or to come', async () => {
      for (const [epoch, code] of [
        [6n, 'epoch-expired'],
        [0n, 'epoch-expired'],
        [8n, 'epoch-ahead'],
        [2n ** 64n - 1n, 'epoch-ahead'],
      ] as const) {
        const message = await oracleSeal({ ...group.as(0), epoch }, { recipientLeafIndex: 1 })
        await expectCode(group.bob.open(message), code)
      }
    })

    test('step 3: MUST verify the recipient', async () => {
      await expectCode(group.bob.open(await send({ recipientLeafIndex: 2 })), 'not-for-this-member')
      await expectCode(group.alice.open(await send({})), 'not-for-this-member')
    })

    test('section 4: whoever does not know the PSK cannot send, even with a signature key', async () => {
      const outsider = { ...group.as(0), exporterSecret: new Uint8Array(group.as(0).exporterSecret.length) }
      await expectCode(
        group.bob.open(await oracleSeal(outsider, { recipientLeafIndex: 1 })),
        'sender-auth-data',
      )
    })

    test('a byte changed anywhere is refused', async () => {
      const message = await send({ authenticatedData: text('aad') })
      for (let at = 0; at < message.length; at += 7) {
        const changed = message.map((byte, i) => (i === at ? byte ^ 0x01 : byte))
        await expect(group.bob.open(changed)).rejects.toHaveProperty('name', 'TargetedMessageError')
      }
    })
  })
})
