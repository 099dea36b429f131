import { describe, expect, test } from 'vitest'
import { concat, opaque, text } from '../../tests/oracle/wire.js'
import { fromBase64url } from '../../tests/support/base64url.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { encryptionKeyPair, type KeyPairForms, signatureKeyPair } from '../../tests/support/key-pair-forms.js'
import { runtimeSuites } from '../../tests/support/runtime.js'
import { subtleCalls } from '../../tests/support/subtle-calls.js'
import { promisedSuites } from '../../tests/support/suites.js'
import type { TargetedMessageError } from '../errors.js'
import { bytes } from '../tls/writer.js'
import type { CurveKeys } from './curve-keys.js'
import type { Kem } from './kem/kem.js'
import { importEncryptionPrivateKey, importSignaturePrivateKey, type PrivateKey } from './private-keys.js'
import { keySigner, signWithLabel, verifyWithLabel } from './signature/signature.js'
import { cipherSuite, type Rfc9420Suite } from './suites.js'

type Bytes = Uint8Array<ArrayBuffer>

/** The two private keys of a member, tried alike. */
interface Purpose {
  readonly name: string
  readonly usages: readonly [KeyUsage, ...KeyUsage[]]
  kind(suite: Rfc9420Suite): CurveKeys
  generate(suite: Rfc9420Suite): Promise<KeyPairForms>
  import(suite: Rfc9420Suite, input: Bytes | CryptoKey, publicKey: Bytes): Promise<PrivateKey>
}

/** What is given as bytes is overwritten. */
const ownCopy = (input: Bytes | CryptoKey): Bytes | CryptoKey =>
  input instanceof Uint8Array ? input.slice() : input

const purposes: readonly Purpose[] = [
  {
    name: 'self.encryptionPrivateKey',
    usages: ['deriveBits'],
    kind: ({ kem }) => kem,
    generate: encryptionKeyPair,
    import: importEncryptionPrivateKey,
  },
  {
    name: 'self.signaturePrivateKey',
    usages: ['sign', 'verify'],
    kind: ({ signature }) => signature,
    generate: signatureKeyPair,
    import: importSignaturePrivateKey,
  },
]

for (const id of runtimeSuites) {
  const suite = cipherSuite(id)
  for (const purpose of purposes) {
    describe(`${purpose.name}, cipher suite ${id}`, () => {
      const { curve, algorithm } = purpose.kind(suite)
      const [privateUsage, ...publicUsages] = purpose.usages
      const refuse = async (input: unknown, publicKey: Bytes): Promise<TargetedMessageError> => {
        const given = ownCopy(input as Bytes | CryptoKey)
        const error = await expectCode(purpose.import(suite, given, publicKey), 'invalid-input')
        expect(error.message).toBe(
          `${purpose.name} must be the private key of the own leaf: ${curve.privateKeyLength} bytes or PKCS#8 of ` +
            `${curve.crv}, or a CryptoKey with the usage ${privateUsage}`,
        )
        expect(error.cause).toBeInstanceOf(Error)
        return error
      }

      test.each(['raw', 'pkcs8', 'extractable', 'nonExtractable'] as const)(
        'is imported: %s',
        async (form) => {
          const forms = await purpose.generate(suite)
          const { key, bytes } = await purpose.import(suite, ownCopy(forms[form]), forms.publicKey)
          expect([key.type, key.extractable]).toEqual(['private', false])
          expect(key.usages).toContain(privateUsage)
          const jwk: JsonWebKey | undefined = bytes && JSON.parse(new TextDecoder().decode(bytes))
          const raw = jwk?.d === undefined ? undefined : fromBase64url(jwk.d)
          expect(raw).toEqual(form === 'nonExtractable' ? undefined : forms.raw)
        },
      )

      test("another member's key is refused in every form", async () => {
        const { publicKey } = await purpose.generate(suite)
        const other = await purpose.generate(suite)
        for (const form of ['raw', 'pkcs8', 'extractable', 'nonExtractable'] as const) {
          await refuse(other[form], publicKey)
        }
        const { cause } = await refuse(other.nonExtractable, publicKey)
        const message = 'the private key does not belong to the public key in the own leaf'
        expect(cause).toMatchObject({ code: 'invalid-input', message })
      })

      test('raw bytes of another length are refused', async () => {
        const { raw, publicKey } = await purpose.generate(suite)
        for (const wrong of [raw.slice(1), raw.slice(0, -1), Uint8Array.of(0, ...raw), new Uint8Array()]) {
          await refuse(wrong, publicKey)
        }
      })

      test('the public key is no private key', async () => {
        const { publicKey, publicCryptoKey } = await purpose.generate(suite)
        await refuse(publicKey, publicKey)
        await refuse(publicCryptoKey, publicKey)
        const spki = await crypto.subtle.exportKey('spki', publicCryptoKey)
        await refuse(new Uint8Array(spki), publicKey)
        const hidden = await crypto.subtle.importKey('spki', spki, algorithm, false, publicUsages)
        await refuse(hidden, publicKey)
      })

      test('a key of another curve is refused in every form', async () => {
        const { publicKey } = await purpose.generate(suite)
        for (const otherId of promisedSuites.filter((other) => other !== id)) {
          const other = await purpose.generate(cipherSuite(otherId))
          for (const form of ['raw', 'pkcs8', 'extractable', 'nonExtractable'] as const) {
            await refuse(other[form], publicKey)
          }
        }
      })

      test('a key for the other purpose is refused, even with the same point', async () => {
        const [other] = purposes.filter(({ name }) => name !== purpose.name)
        const forms = await other?.generate(suite)
        if (forms === undefined) throw new Error('there are two purposes')
        const { cause } = await refuse(forms.nonExtractable, forms.publicKey)
        expect(cause).toMatchObject({
          message: `this is not a ${curve.crv} key`,
        })
        await refuse(forms.extractable, forms.publicKey)
      })

      test('what is neither a Uint8Array nor a CryptoKey is refused', async () => {
        const { publicKey, raw } = await purpose.generate(suite)
        for (const wrong of [undefined, null, 'key', [...raw], raw.buffer, {}, { algorithm: {} }]) {
          await refuse(wrong, publicKey)
        }
      })

      test('an own public key that is none is refused', async () => {
        const { raw, publicKey } = await purpose.generate(suite)
        await refuse(raw, publicKey.slice(1))
        if (curve.kty === 'EC') {
          await refuse(
            raw,
            publicKey.map((byte, i) => (i === publicKey.length - 1 ? byte ^ 1 : byte)),
          )
        }
      })
    })
  }

  test(`a key without the usage deriveBits is refused, cipher suite ${id}`, async () => {
    const { kem } = suite
    const { pkcs8, publicKey } = await encryptionKeyPair(suite)
    for (const extractable of [true, false]) {
      const key = await crypto.subtle.importKey('pkcs8', pkcs8, kem.algorithm, extractable, ['deriveKey'])
      await expectCode(importEncryptionPrivateKey(suite, key, publicKey), 'invalid-input')
    }
  })

  test(`the imported keys work, cipher suite ${id}`, async () => {
    const { publicKey, ...encryption } = await encryptionKeyPair(suite)
    const { key: privateKey } = await importEncryptionPrivateKey(suite, encryption.raw, publicKey)
    const kem: Kem = suite.kem
    const recipient = Promise.resolve({ key: encryption.publicCryptoKey, raw: publicKey })
    const { kemOutput, sharedSecret } = await kem.encap(recipient)
    const received = await kem.decap({ privateKey, publicKey }, kemOutput)
    expect(await received.sharedSecret).toEqual(await sharedSecret)

    const signature = await signatureKeyPair(suite)
    const { key } = await importSignaturePrivateKey(suite, signature.pkcs8, signature.publicKey)
    const content = bytes(publicKey)
    const signed = await signWithLabel(keySigner(suite.signature, key), 'Label', content)
    await verifyWithLabel(suite.signature, signature.publicCryptoKey, 'Label', content, signed)
  })
}

test('the proof of a signature key is under a label that nothing else has', async () => {
  const suite = cipherSuite(1)
  const { raw, publicKey } = await signatureKeyPair(suite)
  const { sign } = await subtleCalls(() => importSignaturePrivateKey(suite, raw, publicKey))
  // SignContent, RFC 9420 section 5.1.2
  const signed = concat(opaque(text('MLS 1.0 TargetedMessageKeyProof')), opaque(publicKey))
  expect(sign.map((call) => call.arguments[2])).toEqual([signed])
})
