import { describe, expect, test } from 'vitest'
import { deserializePublicKey, type Kem, type KemKeyPair } from '../../lib/crypto/kem/kem.js'
import { importKey } from '../../lib/crypto/key-form.js'
import { proveEncryptionKeyPair } from '../../lib/crypto/private-keys.js'
import { expectCode } from '../support/expect-code.js'
import { hex } from '../support/hex.js'
import { nativeKemIds } from '../support/runtime.js'
import { hpkePqVectors } from './hpke-pq.js'
import { type KemId, kemsFor, nativeKems, plugInKems } from './ways.js'

type Bytes = Uint8Array<ArrayBuffer>

/** Lengths in bytes: public key, KEM output, private key. */
const lengths: Record<KemId, readonly [number, number, number]> = {
  64: [800, 768, 64],
  65: [1184, 1088, 64],
  66: [1568, 1568, 64],
  25722: [1216, 1120, 32],
}

const vectorOf = (id: KemId) => hpkePqVectors.find((vector) => vector.id === id)

async function pairOf(kem: Kem, privateKey: Bytes, publicKey: Bytes): Promise<KemKeyPair> {
  const bytes = await kem.privateKeyBytes(privateKey.slice(), publicKey)
  return { privateKey: await importKey(kem.privateKeyForm, bytes), publicKey }
}

const decap = async (kem: Kem, pair: KemKeyPair, kemOutput: Bytes): Promise<string> =>
  hex(await (await kem.decap(pair, kemOutput)).sharedSecret)

test('SubtleCrypto has what this runtime is known to have', async () => {
  for (const [id, kem] of Object.entries(nativeKems)) {
    expect(await kem.isSupported()).toBe(nativeKemIds.includes(Number(id)))
  }
})

describe.each([0x41, 0x42, 0x647a] as const)('KEM 0x%s, draft-ietf-hpke-pq', async (id) => {
  const vector = vectorOf(id)
  if (vector === undefined) throw new Error('no vector')
  const kems = await kemsFor(id)
  const [publicKeyLength, kemOutputLength, privateKeyLength] = lengths[id]

  describe.each(kems)('$way', ({ kem }) => {
    const own = () => pairOf(kem, vector.privateKey, vector.publicKey)

    test('the id, and the shared secret of the known answer', async () => {
      expect(kem.id).toBe(id)
      expect(await decap(kem, await own(), vector.kemOutput)).toBe(vector.sharedSecret)
    })

    test('what each maker encapsulates, each other decapsulates; new each time', async () => {
      const secrets = new Set<string>()
      const senders = [...kems, ...kems]
      for (const sender of senders) {
        const recipient = deserializePublicKey(sender.kem, vector.publicKey)
        const { kemOutput, sharedSecret } = await sender.kem.encap(recipient)
        const secret = hex(await sharedSecret)
        expect(kemOutput).toHaveLength(kemOutputLength)
        expect(await decap(kem, await own(), kemOutput)).toBe(secret)
        secrets.add(secret)
      }
      expect(secrets.size).toBe(senders.length)
    })

    test('a changed KEM output gives another secret, or none', async () => {
      for (const at of [0, 500, kemOutputLength - 1]) {
        const changed = vector.kemOutput.map((byte, i) => (i === at ? byte ^ 1 : byte))
        const other = await decap(kem, await own(), changed).catch(() => 'refused')
        expect(other).not.toBe(vector.sharedSecret)
      }
    })

    test('another length is refused before any work: public key, private key, KEM output', async () => {
      const pair = await own()
      for (const more of [-1, 1]) {
        const resized = (length: number) => new Uint8Array(length + more)
        await expect(kem.importPublicKey(resized(publicKeyLength))).rejects.toThrow(TypeError)
        await expect(kem.privateKeyBytes(resized(privateKeyLength), vector.publicKey)).rejects.toThrow(
          TypeError,
        )
        await expect(kem.decap(pair, resized(kemOutputLength))).rejects.toThrow(TypeError)
      }
      for (const wrong of [new Uint8Array(), vector.publicKey]) {
        await expect(kem.privateKeyBytes(wrong, vector.publicKey)).rejects.toThrow(TypeError)
      }
    })

    test('a public key that is none is refused at the latest when it is encapsulated to', async () => {
      const recipient = deserializePublicKey(kem, new Uint8Array(publicKeyLength).fill(0xff))
      recipient.catch(() => {})
      await expect(kem.encap(recipient)).rejects.toThrow()
      const imported = await recipient.catch(() => undefined)
      if (imported) await expectCode(kem.encap(Promise.resolve(imported)), 'invalid-input')
    })

    test('a pair is proven: another private key is refused', async () => {
      await proveEncryptionKeyPair(kem, await own())
      const other = new Uint8Array(privateKeyLength).fill(7)
      // Some engines refuse the pair when it is imported, others prove to have another.
      const proving = async () => proveEncryptionKeyPair(kem, await pairOf(kem, other, vector.publicKey))
      await expect(proving()).rejects.toThrow()
    })

    test('the bytes that it was given can be wiped', async () => {
      const raw = vector.privateKey.slice()
      const bytes = await kem.privateKeyBytes(raw, vector.publicKey)
      const privateKey = await importKey(kem.privateKeyForm, bytes)
      bytes.fill(0)
      raw.fill(0)
      const pair = { privateKey, publicKey: vector.publicKey }
      expect(await decap(kem, pair, vector.kemOutput)).toBe(vector.sharedSecret)
    })
  })
})

test('ML-KEM-512, by a plug-in alone', () => {
  expect([plugInKems[0x40].id, plugInKems[0x40].publicKeyLength]).toEqual([0x40, 800])
  expect(plugInKems[0x40].name).toBe('KEM 0x40 of hpke-js')
})
