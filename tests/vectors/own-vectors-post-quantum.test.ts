import { describe, expect, test } from 'vitest'
import { revisions } from '../support/suites.js'
import { hex, unhex } from '../support/hex.js'
import { text } from '../oracle/wire.js'
import { oracleOpen } from '../oracle/oracle.js'
import { type OwnVector, ownVectors, recipientOf, senderOf } from './own/vector.js'
import { suiteNames, suites } from '../post-quantum/members.js'
import { epochOf, sealWithRandomness } from '../post-quantum/own-vectors.js'
import type { Way } from '../post-quantum/ways.js'
import { nativeKemIds } from '../support/runtime.js'
import { encode, opaque } from '../../lib/tls/writer.js'

const kemIds = new Map(suiteNames.map((name) => [suites[name].plugIn.id, suites[name].kem.id]))

/** Written down for each runtime, so that none is left out by mistake. */
const waysOf = ({ cipher_suite }: OwnVector): readonly Way[] =>
  nativeKemIds.includes(kemIds.get(cipher_suite) ?? 0) ? ['plug-in', 'native'] : ['plug-in']

describe.each(revisions)('own vectors of post-quantum suites, revision %s', (revision) => {
  const vectors = ownVectors(revision, 'own-post-quantum')

  test('there are four for each suite', () => {
    expect(vectors.map(({ cipher_suite }) => cipher_suite)).toEqual(
      [0xf101, 0xf106].flatMap((suite) => [suite, suite, suite, suite]),
    )
  })

  describe.each(vectors.flatMap((vector) => waysOf(vector).map((way) => ({ ...vector, way }))))(
    'suite $cipher_suite, $name, $way',
    ({ way, ...vector }) => {
      const sender = senderOf(revision, vector)
      const recipient = recipientOf(revision, vector)
      const options = {
        recipientLeafIndex: vector.recipient_leaf_index,
        applicationData: unhex(vector.application_data),
        authenticatedData: unhex(vector.authenticated_data),
        padding: vector.padding_length,
      }
      const opened = {
        senderLeafIndex: vector.sender_leaf_index,
        applicationData: options.applicationData,
        authenticatedData: options.authenticatedData,
      }

      test('opens', async () => {
        const epoch = await epochOf(way, recipient)
        expect(await epoch.open(unhex(vector.targeted_message))).toEqual(opened)
      })

      test('is sealed again to the byte, with its randomness', async () => {
        const randomness = unhex(vector.ephemeral_priv)
        expect(hex(await sealWithRandomness(way, { sender, options, randomness }))).toBe(
          vector.targeted_message,
        )
        const signed: Uint8Array[] = []
        const signaturePrivateKey = async (content: Uint8Array) => {
          signed.push(content)
          return unhex(vector.signature)
        }
        const calling = { ...sender, self: { ...sender.self, signaturePrivateKey } }
        await sealWithRandomness(way, { sender: calling, options, randomness })
        const label = opaque(text('MLS 1.0 TargetedMessageTBS'))
        expect(signed).toEqual([encode(label, opaque(unhex(vector.targeted_message_tbs)))])
      })

      test('what is sealed anew, the oracle opens', async () => {
        const epoch = await epochOf(way, sender)
        const message = await epoch.seal(options)
        expect(hex(message)).not.toBe(vector.targeted_message)
        expect(await oracleOpen(recipient, message)).toEqual({
          ...opened,
          paddingLength: vector.padding_length,
        })
      })
    },
  )
})
