import { DhkemX25519HkdfSha256 } from '@hpke/core'
import { MlKem768 } from '@hpke/ml-kem'
import { ed25519 } from '@noble/curves/ed25519.js'
import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js'
import { expect, test } from 'vitest'
import type { SignaturePlugIn } from '../../lib/crypto/signature/plug-in.js'
import { type CipherSuiteDescription, GroupEpoch } from '../../lib/index.js'
import { type HpkeJsKem, hpkeKem } from '../../lib/stacks/hpke-js.js'
import { cipherSuite, mldsa65, signaturePlugIn } from '../../lib/stacks/post-quantum.js'
import { text } from '../oracle/wire.js'
import { expectCode } from '../support/expect-code.js'
import { stored } from '../support/records.js'
import { groupOfTwo, random } from './pair.js'

interface SerializingKem extends HpkeJsKem {
  serializePublicKey(key: CryptoKey): Promise<ArrayBuffer>
  serializePrivateKey(key: CryptoKey): Promise<ArrayBuffer>
}

const ed25519Pair = () => {
  const signaturePrivateKey = random(32)
  return { signatureKey: ed25519.getPublicKey(signaturePrivateKey), signaturePrivateKey }
}

const mlDsaPair = () => {
  const { publicKey: signatureKey, secretKey: signaturePrivateKey } = ml_dsa65.keygen()
  return { signatureKey, signaturePrivateKey }
}

/** What each of two members gives to `GroupEpoch.create`. */
async function pairOf(kem: SerializingKem, signaturePair: typeof mlDsaPair) {
  const leaf = async (leafIndex: number) => {
    const { privateKey, publicKey } = await kem.generateKeyPair()
    const encryptionKey = new Uint8Array(await kem.serializePublicKey(publicKey))
    const encryptionPrivateKey = new Uint8Array(await kem.serializePrivateKey(privateKey)).slice()
    return { leafIndex, encryptionKey, encryptionPrivateKey, ...signaturePair() }
  }
  return groupOfTwo({ revision: '02', leaves: [await leaf(0), await leaf(1)], Nh: 32 })
}

const suiteWith = (parts: Pick<CipherSuiteDescription, 'kem' | 'signature'>): CipherSuiteDescription =>
  cipherSuite({ id: 0xf201, kdf: 'HKDF-SHA256', hash: 'SHA-256', aead: 'AES-128-GCM', ...parts })

test('a KEM whose keys are CryptoKeys is stored encrypted, like any plug-in, and comes back', async () => {
  const kem = new DhkemX25519HkdfSha256()
  const suite = suiteWith({ kem: hpkeKem(kem), signature: 'Ed25519' })
  const as = await pairOf(kem, ed25519Pair)
  const [alice, bob] = [await GroupEpoch.create(as(0, suite)), await GroupEpoch.create(as(1, suite))]
  const record = bob.export()
  expect(record.secrets.encryptionPrivateKey.kind).toBe('record-key')
  const again = await GroupEpoch.from(await stored(record), { cipherSuites: [suite] })
  const applicationData = text('hello')
  const message = await alice.seal({ recipientLeafIndex: 1, applicationData })
  expect((await again.open(message)).applicationData).toEqual(applicationData)
})

test('a KEM whose shared secrets are no bytes is refused: nothing would depend on them', async () => {
  const kem = new MlKem768()
  const as = await pairOf(kem, ed25519Pair)
  const { id, encSize, publicKeySize, privateKeySize, secretSize } = kem
  const misread: HpkeJsKem = {
    ...{ id, encSize, publicKeySize, privateKeySize, secretSize },
    deserializePublicKey: (key) => kem.deserializePublicKey(key),
    deserializePrivateKey: (key) => kem.deserializePrivateKey(key),
    generateKeyPair: () => kem.generateKeyPair(),
    encap: async (params) => ({ enc: (await kem.encap(params)).enc, sharedSecret: new ArrayBuffer(0) }),
    decap: async () => new ArrayBuffer(0),
  }
  const suite = suiteWith({ kem: hpkeKem(misread), signature: 'Ed25519' })
  const { message } = await expectCode(GroupEpoch.create(as(0, suite)), 'invalid-input')
  expect(message).toMatch(/^self.encryptionPrivateKey /)
})

test('a signature plug-in that overwrites what it is given harms nobody', async () => {
  const tidy: SignaturePlugIn = {
    sign: (content, privateKey) => {
      const signature = ml_dsa65.sign(content, privateKey)
      for (const bytes of [content, privateKey]) bytes.fill(0)
      return signature
    },
    verify: (signature, content, publicKey) => {
      const isValid = ml_dsa65.verify(signature, content, publicKey)
      for (const bytes of [content, publicKey]) new Uint8Array(bytes.buffer).fill(0)
      return isValid
    },
  }
  const suite = suiteWith({ kem: hpkeKem(new MlKem768()), signature: signaturePlugIn(mldsa65, tidy) })
  const as = await pairOf(new MlKem768(), mlDsaPair)
  const [alice, bob] = [await GroupEpoch.create(as(0, suite)), await GroupEpoch.create(as(1, suite))]
  for (const applicationData of [text('one'), text('two')]) {
    const message = await alice.seal({ recipientLeafIndex: 1, applicationData })
    expect((await bob.open(message)).applicationData).toEqual(applicationData)
  }
})

test('what another member signs with ML-DSA in the name of the sender is refused by the recipient', async () => {
  const kem = new MlKem768()
  const suite = suiteWith({ kem: hpkeKem(kem), signature: signaturePlugIn(mldsa65, ml_dsa65) })
  const as = await pairOf(kem, mlDsaPair)
  const { members, self, ...group } = as(0, suite)
  const other = mlDsaPair()
  const forger = await GroupEpoch.create({
    ...group,
    members: members.map((leaf) =>
      leaf.leafIndex === 0 ? { ...leaf, signatureKey: other.signatureKey } : leaf,
    ),
    self: { ...self, signaturePrivateKey: other.signaturePrivateKey },
  })
  const bob = await GroupEpoch.create(as(1, suite))
  const forged = await forger.seal({ recipientLeafIndex: 1, applicationData: text('not from Alice') })
  await expectCode(bob.open(forged), 'signature')
})
