import { p256, p384, p521 } from '@noble/curves/nist.js'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { concat } from '../../tests/oracle/wire.js'
import { unhex } from '../../tests/support/hex.js'
import { encryptionKeyPair, signatureKeyPair } from '../../tests/support/key-pair-forms.js'
import { runtimeSuites } from '../../tests/support/runtime.js'
import type { CurveKeys } from './curve-keys.js'
import { cipherSuite } from './suites.js'

afterEach(() => {
  vi.restoreAllMocks()
})

const { kem, signature } = cipherSuite(2)

/** An engine that fails `times` times and works then. */
const failing = (times: number) => {
  const spy = vi.spyOn(crypto.subtle, 'generateKey')
  const failures = Array.from(
    { length: times },
    (_, i) => new DOMException(`failure ${i + 1}`, 'OperationError'),
  )
  for (const failure of failures) spy.mockRejectedValueOnce(failure)
  return { spy, failures }
}

describe('generateKeyPair', () => {
  test('private half not extractable, public half extractable, each with its usages', async () => {
    const ecdh = await kem.generateKeyPair()
    const ecdsa = await signature.generateKeyPair()
    expect([ecdh.privateKey.extractable, ecdh.privateKey.usages]).toEqual([false, ['deriveBits']])
    expect([ecdh.publicKey.extractable, ecdh.publicKey.usages]).toEqual([true, []])
    expect([ecdsa.privateKey.extractable, ecdsa.privateKey.usages]).toEqual([false, ['sign']])
    expect([ecdsa.publicKey.extractable, ecdsa.publicKey.usages]).toEqual([true, ['verify']])
  })

  test.each([1, 2, 3])('%i failures of the engine go unnoticed', async (times) => {
    const { spy } = failing(times)
    const { privateKey } = await kem.generateKeyPair()
    expect(privateKey.type).toBe('private')
    expect(spy).toHaveBeenCalledTimes(times + 1)
    for (const [, extractable, usages] of spy.mock.calls) {
      expect([extractable, usages]).toEqual([false, ['deriveBits']])
    }
  })

  test('four failures are an error: the last of them, as the engine gave it', async () => {
    const { spy, failures } = failing(4)
    await expect(kem.generateKeyPair()).rejects.toBe(failures[3])
    expect(spy).toHaveBeenCalledTimes(4)
  })
})

const points = { 2: p256.Point, 5: p521.Point, 7: p384.Point }

for (const id of runtimeSuites) {
  describe(`importPublicKey, RFC 9180 section 7.1.1, cipher suite ${id}`, () => {
    const suite = cipherSuite(id)
    const kinds = async (): Promise<[CurveKeys, Uint8Array<ArrayBuffer>][]> => [
      [suite.kem, (await encryptionKeyPair(suite)).publicKey],
      [suite.signature, (await signatureKeyPair(suite)).publicKey],
    ]

    test('a raw key comes back as it was', async () => {
      for (const [kind, raw] of await kinds()) {
        const key = await kind.importPublicKey(raw)
        expect([key.type, key.usages]).toEqual(['public', kind === suite.kem ? [] : ['verify']])
        expect(new Uint8Array(await crypto.subtle.exportKey('raw', key))).toEqual(raw)
      }
    })

    test('another length is refused', async () => {
      for (const [kind, raw] of await kinds()) {
        for (const wrong of [
          new Uint8Array(),
          raw.slice(1),
          raw.slice(0, -1),
          concat(raw, new Uint8Array(1)),
        ]) {
          await expect(kind.importPublicKey(wrong)).rejects.toThrow(/^this is not a .* key$/)
        }
      }
    })
  })
}

describe.each([2, 5, 7] as const)('importPublicKey of a point, SEC 1 section 2.3, cipher suite %i', (id) => {
  const suite = cipherSuite(id)

  test('the compressed and the hybrid form, which some engines take, are refused', async () => {
    const { publicKey } = await encryptionKeyPair(suite)
    const compressed = new Uint8Array(points[id].fromBytes(publicKey).toBytes(true))
    const others = [0, 2, 3, 5, 6, 7].map((form) => concat(Uint8Array.of(form), publicKey.subarray(1)))
    for (const raw of [compressed, ...others]) {
      for (const kind of [suite.kem, suite.signature]) {
        await expect(kind.importPublicKey(raw)).rejects.toThrow(/^this is not a .* key$/)
      }
    }
  })

  test('a coordinate that is not in the field is refused before the engine sees it', async () => {
    const { p } = points[id].CURVE()
    const { x, y } = points[id].BASE.toAffine()
    const length = suite.kem.curve.privateKeyLength
    const coordinate = (value: bigint) => unhex(value.toString(16).padStart(2 * length, '0'))
    const point = (x: bigint, y: bigint) => concat(Uint8Array.of(4), coordinate(x), coordinate(y))
    const greatest = 2n ** BigInt(8 * length) - 1n
    const engine = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new Error('asked'))
    for (const kind of [suite.kem, suite.signature]) {
      for (const value of [p, p + 1n, greatest]) {
        await expect(kind.importPublicKey(point(value, 1n))).rejects.toThrow(/^this is not a .* key$/)
        await expect(kind.importPublicKey(point(1n, value))).rejects.toThrow(/^this is not a .* key$/)
      }
      expect(engine).not.toHaveBeenCalled()
      await expect(kind.importPublicKey(point(x, y))).rejects.toThrow('asked')
      engine.mockClear()
    }
  })

  test('bytes that are no point of the curve are refused', async () => {
    const { publicKey } = await encryptionKeyPair(suite)
    const changed = publicKey.map((byte, i) => (i === publicKey.length - 1 ? byte ^ 1 : byte))
    const zero = new Uint8Array(publicKey.length).fill(4, 0, 1)
    // Before the engine sees them: WebKit on Linux would take them.
    const engine = vi.spyOn(crypto.subtle, 'importKey')
    for (const raw of [changed, zero]) {
      for (const kind of [suite.kem, suite.signature]) {
        await expect(kind.importPublicKey(raw)).rejects.toThrow(/^this is not a .* key$/)
      }
    }
    expect(engine).not.toHaveBeenCalled()
    engine.mockRestore()
  })
})
