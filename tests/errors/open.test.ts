import { beforeAll, describe, expect, test, vi } from 'vitest'
import { GroupEpoch, inspect, readHeader } from '../../lib/index.js'
import { isTargetedMessage } from '../../lib/targeted/header.js'
import { encodeContent } from '../../lib/targeted/padding.js'
import { type OracleSealOptions, oracleSeal } from '../oracle/oracle.js'
import { text } from '../oracle/wire.js'
import { type Couple, couple } from '../support/epochs.js'
import { expectCode } from '../support/expect-code.js'
import { unhex } from '../support/hex.js'
import { subtleCalls } from '../support/subtle-calls.js'

let group: Couple
beforeAll(async () => {
  group = await couple({ revision: '01', cipherSuite: 1, groupId: text('gr') })
})

const send = (
  options: Partial<OracleSealOptions> = {},
  change: { epoch?: bigint; groupId?: Uint8Array } = {},
) =>
  oracleSeal(
    { ...group.as(0), ...change },
    { recipientLeafIndex: 1, applicationData: text('hi'), ...options },
  )

describe('the sentence of each refusal', () => {
  const refusals: [message: () => Promise<Uint8Array>, sentence: string][] = [
    [async () => new Uint8Array(1), 'TargetedMessage: it is cut off: 2 byte(s) are expected at offset 0'],
    [() => send({}, { groupId: text('other') }), 'the message is for another group'],
    [() => send({}, { epoch: 6n }), 'the message is for epoch 6, and this is epoch 7'],
    [() => send({}, { epoch: 8n }), 'the message is for epoch 8, and this is epoch 7'],
    [() => send({ recipientLeafIndex: 2 }), 'the message is for leaf 2, and this member is at leaf 1'],
    [
      async () => (await send()).map((byte, i) => (i === 30 ? byte ^ 1 : byte)),
      'the sender auth data does not decrypt',
    ],
    [
      () => send({ senderAuthDataSuffix: new Uint8Array(1) }),
      'TargetedMessageSenderAuthData: 1 byte(s) follow its end at offset 103',
    ],
    [() => send({ claimedSenderLeafIndex: 9 }), 'leaf 9 is blank in this epoch'],
    [() => send({ claimedSenderLeafIndex: 2 }), 'the signature does not verify'],
    [() => send({ kemOutput: () => new Uint8Array(32) }), 'the content does not decrypt'],
    [
      () => send({ kemOutput: () => new Uint8Array(group.as(0).members[2]?.encryptionKey ?? []) }),
      'the content does not decrypt',
    ],
    [
      () => send({ content: unhex('0261') }),
      'TargetedMessageContent: it is cut off: 2 byte(s) are expected at offset 1',
    ],
    [() => send({ content: unhex('016101') }), 'the padding is not all zero'],
  ]

  test.each(refusals.map(([make, sentence]) => ({ make, sentence })))(
    '$sentence',
    async ({ make, sentence }) => {
      const error = await group.bob.open(await make()).catch((reason: unknown) => reason)
      expect(error).toHaveProperty('name', 'TargetedMessageError')
      expect(error).toHaveProperty('message', sentence)
    },
  )

  test('of what reads without keys', async () => {
    for (const read of [readHeader, inspect]) {
      const { message } = await expectCode(() => read(unhex('00010006')), 'malformed')
      expect(message).toBe('TargetedMessage: it is cut off: 1 byte(s) are expected at offset 4')
    }
    expect(isTargetedMessage(unhex('000100'))).toBe(false)
  })

  test('of content that is too long', async () => {
    const { message } = await expectCode(() => encodeContent(text('hi'), 2 ** 30), 'too-large')
    expect(message).toBe('the content has 1073741824 bytes, which is more than 2^30 - 1')
  })

  test('of an engine that does not seal', async () => {
    const failure = new Error('out of order')
    const encrypt = vi.spyOn(crypto.subtle, 'encrypt').mockRejectedValue(failure)
    try {
      const sealing = group.alice.seal({ recipientLeafIndex: 1, applicationData: text('hi') })
      const { message, cause } = await expectCode(sealing, 'content')
      expect(message).toBe('the engine could not seal')
      expect(cause).toBe(failure)
    } finally {
      encrypt.mockRestore()
    }
  })
})

test.each([
  { revision: '00', extra: 0 },
  { revision: '01', extra: 0 },
  // info_hash and psk_id_hash, RFC 9180 section 5.1
  { revision: '02', extra: 2 },
] as const)(
  'HPKE’s info is hashed once per epoch, or in 02 per pair: revision $revision',
  async ({ revision, extra }) => {
    const trio = await couple({ revision })
    const carol = await GroupEpoch.create(trio.as(2))
    const to = (sender: GroupEpoch) => sender.seal({ recipientLeafIndex: 1, applicationData: text('hi') })
    const [first, again, other] = [await to(trio.alice), await to(trio.alice), await to(carol)]
    await trio.bob.open(first)
    const hmacs = async (message: Uint8Array) => (await subtleCalls(() => trio.bob.open(message))).sign.length
    expect((await hmacs(other)) - (await hmacs(again))).toBe(extra)
  },
)
