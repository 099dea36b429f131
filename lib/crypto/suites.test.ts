import { describe, expect, test } from 'vitest'
import { suiteOf } from '../../tests/oracle/suites.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { allSuites } from '../../tests/support/suites.js'
import { cipherSuite, cipherSuites, Nn } from './suites.js'

/** RFC 9420 section 17.1 by RFC 9180 section 7, all lengths in bytes: KEM, Nenc, KDF, Nh, AEAD, Nk, signature. */
const table = {
  1: ['X25519', 0x20, 32, 'SHA-256', 1, 32, 'AES-GCM', 1, 16, 'Ed25519', 32],
  2: ['ECDH', 0x10, 65, 'SHA-256', 1, 32, 'AES-GCM', 1, 16, 'ECDSA', 65],
  3: ['X25519', 0x20, 32, 'SHA-256', 1, 32, 'ChaCha20-Poly1305', 3, 32, 'Ed25519', 32],
  5: ['ECDH', 0x12, 133, 'SHA-512', 3, 64, 'AES-GCM', 2, 32, 'ECDSA', 133],
  7: ['ECDH', 0x11, 97, 'SHA-384', 2, 48, 'AES-GCM', 2, 32, 'ECDSA', 97],
}

describe('cipher suites, RFC 9420 section 17.1', () => {
  test.each(Object.entries(table))('suite %s', (number, expected) => {
    const { id, kem, kdf, aead, signature } = cipherSuite(Number(number))
    expect(id).toBe(Number(number))
    expect([
      kem.algorithm.name,
      kem.id,
      kem.curve.publicKeyLength,
      kdf.hash,
      kdf.id,
      kdf.Nh,
      aead.name,
      aead.id,
      aead.Nk,
      signature.algorithm.name,
      signature.curve.publicKeyLength,
    ]).toEqual(expected)
    expect(signature.algorithm.hash).toBe(kdf.hash)

    const oracle = suiteOf(id)
    expect([kem.id, kdf.id, aead.id]).toEqual([oracle.kem, oracle.kdf, oracle.aead])
    expect([kdf.hash, kdf.Nh, aead.Nk, Nn]).toEqual([oracle.hash, oracle.nh, oracle.nk, oracle.nn])
    const { curve } = oracle
    expect([kem.curve.crv, signature.curve.crv]).toEqual(
      curve ? [curve.name, curve.name] : ['X25519', 'Ed25519'],
    )
    expect(kem.curve.privateKeyLength).toBe(curve?.size ?? 32)
    expect(signature.curve.privateKeyLength).toBe(curve?.size ?? 32)
  })

  test('these are all', () => {
    expect(cipherSuites.map(({ id }) => id)).toEqual(allSuites)
  })

  test.each([0, 8, -1, 1.5, Number.NaN, 0xffff, Number('Infinity')])('%d is unsupported', async (id) => {
    const error = await expectCode(() => cipherSuite(id), 'unsupported-cipher-suite')
    expect(error.message).toBe(`cipher suite ${id} is not built in: see mls-targeted-messages/post-quantum`)
  })

  test('a name of Object.prototype is unsupported, and so is anything that is no number', async () => {
    const names: readonly unknown[] = ['constructor', '__proto__', '1', null, undefined]
    for (const given of names) {
      await expectCode(() => cipherSuite(given as number), 'unsupported-cipher-suite')
    }
  })
})
