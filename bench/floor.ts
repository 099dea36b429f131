import { pskForm, pskInput } from '../lib/crypto/hpke-psk.js'
import { hkdf, importSecret } from '../lib/crypto/kdf.js'
import { importKey } from '../lib/crypto/key-form.js'
import { persistently } from '../tests/support/persistently.js'
import type { Candidate, Maker } from './candidate.js'
import { epochSecrets, privateKey, randomBytes, type World, type WorldSuite } from './world.js'

/**
 * The calls that no implementation of revision 00 on SubtleCrypto can avoid, on inputs that are ready. They wait for each
 * other only if one needs the other's result. Nothing is encoded, checked or copied.
 */
export const floor: Maker = async (world) => floorOf(world, await dhkemSteps(world))

/** What a KEM cannot do without. Both give the shared secret once it has been asked for. */
export interface KemSteps {
  /** In bytes. */
  readonly kemOutputLength: number
  encapsulate(): Promise<{ readonly sharedSecret: Promise<unknown> | unknown }>
  decapsulate(): Promise<{ readonly sharedSecret: Promise<unknown> | unknown }>
}

async function dhkemSteps({ suite: { kem, kdf }, bob }: World): Promise<KemSteps> {
  const { subtle } = crypto
  const recipientKey = await kem.importPublicKey(bob.encryptionKey)
  const recipientPrivateKey = await privateKey(kem, bob.encryptionPrivateKey, bob.encryptionKey)
  const ikm = randomBytes(19 + kem.curve.privateKeyLength)
  const kemInfo = randomBytes(27 + 2 * kem.curve.publicKeyLength)
  const agree = (publicKey: CryptoKey, privateKey: CryptoKey): Promise<ArrayBuffer> =>
    subtle.deriveBits(
      { name: kem.algorithm.name, public: publicKey },
      privateKey,
      8 * kem.curve.privateKeyLength,
    )
  // HKDF is two calls because its input, a label before the agreed secret, exists as bytes only.
  const importAgreed = () => subtle.importKey('raw', ikm, 'HKDF', false, ['deriveBits'])
  /** The end of ExtractAndExpand (RFC 9180 section 4.1). */
  const expand = (secret: CryptoKey) =>
    subtle.deriveBits(hkdf(kdf, new Uint8Array(), kemInfo), secret, 8 * kdf.Nh)
  return {
    kemOutputLength: kem.curve.publicKeyLength,
    async encapsulate() {
      // A new key pair for each message is what HPKE is; the KEM output is its public half, as bytes.
      const ephemeral = await persistently(() => subtle.generateKey(kem.algorithm, false, ['deriveBits']))
      if (!('privateKey' in ephemeral)) throw new Error('no key pair')
      const agreed = agree(recipientKey, ephemeral.privateKey)
      await Promise.all([agreed, subtle.exportKey('raw', ephemeral.publicKey)])
      return { sharedSecret: expand(await importAgreed()) }
    },
    async decapsulate() {
      const kemOutput = await subtle.importKey('raw', bob.encryptionKey, kem.algorithm, true, [])
      return { sharedSecret: agree(kemOutput, recipientPrivateKey).then(importAgreed).then(expand) }
    },
  }
}

export async function floorOf(world: World<WorldSuite>, kem: KemSteps): Promise<readonly Candidate[]> {
  const { subtle } = crypto
  const { suite, alice } = world
  const { kdf, aead, signature } = suite
  const secrets = await epochSecrets(world)
  const psk = await importKey(pskForm, pskInput(suite, secrets.psk))
  const auth = await importSecret(kdf, secrets.auth)
  const signingKey = await privateKey(signature, alice.signaturePrivateKey, alice.signatureKey)
  const verificationKey = await signature.importPublicKey(alice.signatureKey)

  // As long as the real ones: TBS, the two labeled inputs, the two infos, KDFLabels, AADs, content and sender auth data.
  const tbs = randomBytes(62 + kem.kemOutputLength)
  const label = randomBytes(90)
  const kdfLabel = randomBytes(48)
  const aad = randomBytes(100)
  const content = randomBytes(272)
  const auths = randomBytes(71 + kem.kemOutputLength)
  const salt = randomBytes(kdf.Nh)
  const nonce = randomBytes(12)
  const keyBytes = randomBytes(aead.Nk)
  const gcm = { name: 'AES-GCM', iv: nonce, additionalData: aad }

  /** The key schedule (RFC 9180 section 5.1). */
  const contentKey = async (secret: Promise<unknown> | unknown, usage: 'encrypt' | 'decrypt') => {
    await secret
    // The shared secret is the salt of a second HKDF, whose two outputs have different infos.
    const [key] = await Promise.all([
      subtle.deriveKey(hkdf(kdf, salt, label), psk, { name: aead.name, length: 8 * aead.Nk }, false, [usage]),
      subtle.deriveBits(hkdf(kdf, salt, label), psk, 96),
    ])
    return key
  }

  /** The sender auth data's key and nonce are HKDF-Expand of a secret, HMAC that is, of the ciphertext's first bytes. */
  const authKey = async (usage: 'encrypt' | 'decrypt') => {
    await Promise.all([subtle.sign('HMAC', auth, kdfLabel), subtle.sign('HMAC', auth, kdfLabel)])
    // So they exist as bytes, and the key has to be imported.
    return aead.importKey(keyBytes, usage)
  }

  const seal = async (): Promise<unknown> => {
    const { sharedSecret } = await kem.encapsulate()
    const key = contentKey(sharedSecret, 'encrypt')
    // The KEM output is signed, and the signature is in the content's AAD. The longer chain of calls begins first.
    const [ready] = await Promise.all([key, subtle.sign(signature.algorithm, signingKey, tbs)])
    // Its first bytes go into the sender auth data's key.
    await subtle.encrypt(gcm, ready, content)
    return subtle.encrypt(gcm, await authKey('encrypt'), auths)
  }

  const signed = await subtle.sign(signature.algorithm, signingKey, tbs)
  const [ciphertext, encryptedAuth] = await sealedInputs()
  async function sealedInputs() {
    const key = await contentKey((await kem.encapsulate()).sharedSecret, 'encrypt')
    return [
      await subtle.encrypt(gcm, key, content),
      await subtle.encrypt(gcm, await authKey('encrypt'), auths),
    ] as const
  }

  const open = async (): Promise<unknown> => {
    // The KEM output and the signature are inside the sender auth data.
    await subtle.decrypt(gcm, await authKey('decrypt'), encryptedAuth)
    const { sharedSecret } = await kem.decapsulate()
    // The content must not be decrypted before the signature is verified. The longer chain of calls begins first.
    const [key] = await Promise.all([
      contentKey(sharedSecret, 'decrypt'),
      subtle.verify(signature.algorithm, verificationKey, signed, tbs),
    ])
    return subtle.decrypt(gcm, key, ciphertext)
  }
  const name = 'the floor: SubtleCrypto alone'
  return [
    { name, operation: 'seal', run: seal },
    { name, operation: 'open', run: open },
  ] satisfies Candidate[]
}
