import { describe, expect, test } from 'vitest'
import { hex, unhex } from '../support/hex.js'
import { text } from '../oracle/wire.js'
import { type OwnVector, ownVectors, recipientOf, senderOf } from './own/vector.js'
import { readParts } from '../hostile/message-parts.js'
import { runtimeSuites } from '../support/runtime.js'
import { sealWithEphemeral } from '../hostile/seal-with-ephemeral.js'
import { GroupEpoch, type GroupEpochOptions } from '../../lib/index.js'
import { encode, opaque } from '../../lib/tls/writer.js'
import { revisions } from '../support/suites.js'

describe.each(revisions)('own vectors, revision %s', (revision) => {
  const vectors = ownVectors(revision).filter(({ cipher_suite }) => runtimeSuites.includes(cipher_suite))

  test('there are four for each suite of this engine', () => {
    expect(vectors.map(({ cipher_suite }) => cipher_suite)).toEqual(
      runtimeSuites.flatMap((suite) => [suite, suite, suite, suite]),
    )
  })

  describe.each(vectors)('suite $cipher_suite, $name', (vector) => {
    test('opens', async () => {
      const recipient = await GroupEpoch.create(recipientOf(revision, vector))
      expect(await recipient.open(unhex(vector.targeted_message))).toEqual({
        senderLeafIndex: vector.sender_leaf_index,
        applicationData: unhex(vector.application_data),
        authenticatedData: unhex(vector.authenticated_data),
      })
    })

    test('is sealed again to the byte, with its ephemeral key and its signature', async () => {
      const signed: Uint8Array[] = []
      const member = senderOf(revision, vector)
      const message = await seal(vector, {
        ...member,
        self: {
          ...member.self,
          signaturePrivateKey: async (content) => {
            signed.push(content)
            return unhex(vector.signature)
          },
        },
      })
      expect(hex(message)).toBe(vector.targeted_message)
      const label = opaque(text('MLS 1.0 TargetedMessageTBS'))
      expect(signed).toEqual([encode(label, opaque(unhex(vector.targeted_message_tbs)))])
    })

    test('is sealed with its ephemeral key and its signature key', async () => {
      const sender = senderOf(revision, vector)
      const message = await seal(vector, sender)
      expect(hex((await readParts(sender, message)).kemOutput)).toBe(vector.kem_output)
      // An Ed25519 signature has no randomness here, and an ECDSA signature has.
      const { cipher_suite: suite } = vector
      if (suite === 1 || suite === 3) expect(hex(message)).toBe(vector.targeted_message)
      else expect(hex(message)).not.toBe(vector.targeted_message)
    })
  })
})

/** With the vector's ephemeral key, by this member. */
async function seal(vector: OwnVector, sender: GroupEpochOptions): Promise<Uint8Array> {
  const ephemeral = { privateKey: unhex(vector.ephemeral_priv), publicKey: unhex(vector.kem_output) }
  const content = {
    recipientLeafIndex: vector.recipient_leaf_index,
    applicationData: unhex(vector.application_data),
    authenticatedData: unhex(vector.authenticated_data),
    padding: vector.padding_length,
  }
  return sealWithEphemeral(await GroupEpoch.create(sender), content, ephemeral)
}
