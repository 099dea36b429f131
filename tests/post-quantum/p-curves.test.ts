import { p256, p384 } from '@noble/curves/nist.js'
import { describe, expect, test } from 'vitest'
import { GroupEpoch, type Revision } from '../../lib/index.js'
import { hpkeKem } from '../../lib/stacks/hpke-js.js'
import {
  cipherSuite,
  MLS_128_MLKEM768P256_AES128GCM_SHA256_P256,
  MLS_128_MLKEM768P256_AES256GCM_SHA384_P256,
  MLS_192_MLKEM1024P384_AES256GCM_SHA384_P384,
} from '../../lib/stacks/post-quantum.js'
import { text } from '../oracle/wire.js'
import { expectCode } from '../support/expect-code.js'
import { hex } from '../support/hex.js'
import { randomBytes } from '../support/random-group.js'
import { newStorageKey, stored } from '../support/records.js'
import { revisions } from '../support/suites.js'
import { hpkePqVectors } from './hpke-pq.js'
import { type Hybrid, hybridKem } from './p-curves.js'
import { groupOfTwo } from './pair.js'

const names: readonly Hybrid[] = ['MLKEM768-P256', 'MLKEM1024-P384']

test.each(names)('%s, by the known answer of draft-ietf-hpke-pq', async (name) => {
  const kem = hybridKem(name)
  const vector = hpkePqVectors.find(({ id }) => id === kem.id)
  if (vector === undefined) throw new Error('no vector')
  expect(hex(kem.publicKeyOf(vector.privateKey))).toBe(hex(vector.publicKey))
  const recipientKey = await kem.deserializePrivateKey(vector.privateKey.slice().buffer)
  const secret = await kem.decap({ recipientKey, enc: vector.kemOutput.slice().buffer })
  expect(hex(new Uint8Array(secret))).toBe(vector.sharedSecret)
})

const suites = Object.entries({
  MLS_128_MLKEM768P256_AES128GCM_SHA256_P256,
  MLS_128_MLKEM768P256_AES256GCM_SHA384_P256,
  MLS_192_MLKEM1024P384_AES256GCM_SHA384_P384,
})

describe.each(suites)('%s', (_, unnumbered) => {
  const isSmall = unnumbered.signature === 'P-256'
  const kem = hybridKem(isSmall ? 'MLKEM768-P256' : 'MLKEM1024-P384')
  const curve = isSmall ? p256 : p384
  const suite = cipherSuite({ ...unnumbered, id: 0xf150, kem: hpkeKem(kem) })

  function pair(revision: Revision) {
    const leaves = [0, 1].map((leafIndex) => {
      const encryptionPrivateKey = randomBytes(32)
      const { secretKey } = curve.keygen()
      return {
        leafIndex,
        encryptionKey: kem.publicKeyOf(encryptionPrivateKey),
        encryptionPrivateKey,
        signatureKey: curve.getPublicKey(secretKey, false).slice(),
        signaturePrivateKey: secretKey.slice(),
      }
    })
    const as = groupOfTwo({ revision, leaves, Nh: unnumbered.hash === 'SHA-256' ? 32 : 48 })
    return (leafIndex: 0 | 1) => as(leafIndex, suite)
  }

  const applicationData = text('only you can read this')

  test.each(revisions)('talks, revision %s', async (revision) => {
    const as = pair(revision)
    const [alice, bob] = [await GroupEpoch.create(as(0)), await GroupEpoch.create(as(1))]
    for (const [sender, recipient] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      const message = await sender.seal({ recipientLeafIndex: recipient.leafIndex, applicationData })
      const opened = await recipient.open(message)
      expect(opened).toMatchObject({ senderLeafIndex: sender.leafIndex, applicationData })
      for (let at = 0; at < message.length; at += 97) {
        const changed = message.map((byte, i) => (i === at ? byte ^ 1 : byte))
        await expect(recipient.open(changed)).rejects.toHaveProperty('name', 'TargetedMessageError')
      }
    }
  })

  test('a record comes back, with and without a storageKey', async () => {
    for (const storageKey of [undefined, await newStorageKey()]) {
      const as = pair('02')
      const record = stored((await GroupEpoch.create({ ...as(1), storageKey })).export())
      const again = await GroupEpoch.from(record, { storageKey, cipherSuites: [suite] })
      const message = await (await GroupEpoch.create(as(0))).seal({ recipientLeafIndex: 1, applicationData })
      expect((await again.open(message)).applicationData).toEqual(applicationData)
    }
  })

  test('a public key with a point off the curve is refused at seal', async () => {
    const given = pair('02')(0)
    const members = given.members.map((leaf) =>
      leaf.leafIndex === 1
        ? {
            ...leaf,
            encryptionKey: leaf.encryptionKey.map((byte, i, all) => byte ^ Number(i === all.length - 1)),
          }
        : leaf,
    )
    const alice = await GroupEpoch.create({ ...given, members })
    await expectCode(alice.seal({ recipientLeafIndex: 1, applicationData }), 'invalid-input')
  })
})
