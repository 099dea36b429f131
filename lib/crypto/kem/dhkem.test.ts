import { describe, expect, test } from 'vitest'
import { hpkeOf, suiteOf } from '../../../tests/oracle/suites.js'
import { concat } from '../../../tests/oracle/wire.js'
import { hex, unhex } from '../../../tests/support/hex.js'
import { encryptionKeyPair } from '../../../tests/support/key-pair-forms.js'
import { runtimeSuites } from '../../../tests/support/runtime.js'
import { subtleCalls } from '../../../tests/support/subtle-calls.js'
import { withSubtle } from '../../../tests/support/with-subtle.js'
import { cipherSuite } from '../suites.js'
import type { Dhkem } from './dhkem.js'
import type { KemKeyPair, KemPublicKey } from './kem.js'

/** `Encap` with a new key pair, both its results. */
async function encapTo(kem: Dhkem, recipient: KemPublicKey<CryptoKey>, ephemeral?: CryptoKeyPair) {
  const encap = () => kem.encap(Promise.resolve(recipient))
  const { sharedSecret, kemOutput } = ephemeral
    ? await withSubtle('generateKey', async () => ephemeral, encap)
    : await encap()
  return { sharedSecret: hex(await sharedSecret), kemOutput }
}

/** `Decap` of bytes. */
const decapFrom = async (kem: Dhkem, recipient: KemKeyPair<CryptoKey>, kemOutput: Uint8Array<ArrayBuffer>) =>
  (await kem.decap(recipient, kemOutput)).sharedSecret

/** Bytes that were a secret, this long or longer, and are all zero. */
function expectWiped(secret: unknown, length: number): void {
  const bytes = new Uint8Array(Object(secret))
  expect(bytes.length).toBeGreaterThanOrEqual(length)
  expect(bytes.every((byte) => byte === 0)).toBe(true)
}

/** Every u of RFC 7748 whose point has a small order, and one more for each that is not reduced modulo p. */
const smallOrder = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]

for (const id of runtimeSuites) {
  describe(`DHKEM, RFC 9180 section 4.1, cipher suite ${id}`, () => {
    const suite = cipherSuite(id)
    const { kem } = suite
    const { curve, algorithm } = kem
    const hpke = hpkeOf(suiteOf(id)).kem
    const recipientKeys = async () => {
      const forms = await encryptionKeyPair(suite)
      const pair = { privateKey: forms.nonExtractable, publicKey: forms.publicKey }
      return { ...forms, pair, known: { key: forms.publicCryptoKey, raw: forms.publicKey } }
    }

    test('both sides share Nsecret bytes, new ones for each ephemeral key', async () => {
      const { pair, known } = await recipientKeys()
      const secrets = new Set<string>()
      for (let i = 0; i < 3; i++) {
        const { kemOutput, sharedSecret } = await encapTo(kem, known)
        expect(kemOutput).toHaveLength(curve.publicKeyLength)
        expect(sharedSecret).toHaveLength(2 * suite.kdf.Nh)
        expect(hex(await decapFrom(kem, pair, kemOutput))).toBe(sharedSecret)
        secrets.add(sharedSecret)
      }
      expect(secrets.size).toBe(3)
    })

    test('what hpke-js encapsulates is decapsulated', async () => {
      const { pair, publicKey } = await recipientKeys()
      const recipientPublicKey = await hpke.deserializePublicKey(publicKey)
      const { enc, sharedSecret } = await hpke.encap({ recipientPublicKey })
      expect(hex(await decapFrom(kem, pair, new Uint8Array(enc)))).toBe(hex(new Uint8Array(sharedSecret)))
    })

    test('hpke-js decapsulates what is encapsulated', async () => {
      const { known, raw, pkcs8 } = await recipientKeys()
      const { kemOutput, sharedSecret } = await encapTo(kem, known)
      const recipientKey =
        curve.kty === 'OKP'
          ? await hpke.deserializePrivateKey(raw)
          : await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, true, ['deriveBits'])
      const received = await hpke.decap({ recipientKey, enc: kemOutput })
      expect(hex(new Uint8Array(received))).toBe(sharedSecret)
    })

    test('the public keys of both are part of the secret', async () => {
      const { pair, known } = await recipientKeys()
      const ephemeral = await kem.generateKeyPair()
      const { privateKey } = ephemeral
      const { kemOutput, sharedSecret } = await encapTo(kem, known, ephemeral)
      const { publicKey } = await kem.generateKeyPair()
      const raw = (await recipientKeys()).publicKey
      const others = [
        (await encapTo(kem, { ...known, raw }, ephemeral)).sharedSecret,
        (await encapTo(kem, known, { privateKey, publicKey })).sharedSecret,
        hex(await decapFrom(kem, { ...pair, publicKey: raw }, kemOutput)),
      ]
      expect((await encapTo(kem, known, ephemeral)).sharedSecret).toBe(sharedSecret)
      for (const other of others) expect(other).not.toBe(sharedSecret)
    })

    test('the ephemeral private key cannot be exported', async () => {
      const { privateKey } = await kem.generateKeyPair()
      expect(privateKey.extractable).toBe(false)
    })

    test('what the parties agree on is wiped, also if it cannot be imported', async () => {
      const { pair, known } = await recipientKeys()
      const { kemOutput } = await encapTo(kem, known)
      /** The engine imports everything but the input of HKDF. */
      const refusing = <T>(action: () => Promise<T>) =>
        withSubtle(
          'importKey',
          (real, [, , by]) => (by === 'HKDF' ? Promise.reject(new Error('no')) : real()),
          action,
        )
      const actions: (() => Promise<unknown>)[] = [
        () => encapTo(kem, known),
        () => decapFrom(kem, pair, kemOutput),
      ]
      for (const action of actions) {
        await expect(refusing(action)).rejects.toThrow('no')
        const runs = [await subtleCalls(action), await refusing(() => subtleCalls(action))]
        for (const { deriveBits, importKey } of runs) {
          const agreed = deriveBits.filter(
            ({ arguments: [by] }) => Reflect.get(Object(by), 'name') === algorithm.name,
          )
          const inputs = importKey.filter(({ arguments: [, , name] }) => name === 'HKDF')
          // WebKit may need more than one attempt.
          expectWiped(agreed.at(-1)?.result, curve.privateKeyLength)
          expectWiped(inputs.at(-1)?.arguments[1], curve.privateKeyLength)
        }
      }
    })

    test('a KEM output of another length, all zero, or off the curve is refused', async () => {
      const { pair, known } = await recipientKeys()
      const { kemOutput } = await encapTo(kem, known)
      const outputs = [
        new Uint8Array(),
        kemOutput.slice(1),
        kemOutput.slice(0, -1),
        concat(kemOutput, new Uint8Array(1)),
        new Uint8Array(kemOutput.length),
      ]
      if (curve.kty === 'EC') {
        outputs.push(kemOutput.map((byte, i) => (i === kemOutput.length - 1 ? byte ^ 1 : byte)))
      }
      for (const output of outputs) await expect(decapFrom(kem, pair, output)).rejects.toThrow()
    })
  })
}

test('a key of small order is refused on both sides, RFC 9180 section 7.1.4 by RFC 7748 section 6.1', async () => {
  const suite = cipherSuite(1)
  const { kem } = suite
  const forms = await encryptionKeyPair(suite)
  const pair = { privateKey: forms.nonExtractable, publicKey: forms.publicKey }
  for (const raw of smallOrder.map(unhex)) {
    await expect(decapFrom(kem, pair, raw)).rejects.toThrow()
    const key = await crypto.subtle.importKey('raw', raw, kem.algorithm, true, []).catch(() => undefined)
    if (key === undefined) continue
    await expect(encapTo(kem, { key, raw })).rejects.toThrow()
  }
})
