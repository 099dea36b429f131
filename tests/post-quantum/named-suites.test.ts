import { expect, test } from 'vitest'
import * as entry from '../../lib/stacks/post-quantum.js'

const kems: Readonly<Record<string, object>> = {
  MLKEM768X25519: { kem: entry.mlkem768x25519 },
  MLKEM768: { kem: entry.mlkem768 },
  MLKEM1024: { kem: entry.mlkem1024 },
  // No engine has these two.
  MLKEM768P256: {},
  MLKEM1024P384: {},
}
const aeads: Readonly<Record<string, string>> = {
  AES128GCM: 'AES-128-GCM',
  AES256GCM: 'AES-256-GCM',
  CHACHA20POLY1305: 'ChaCha20-Poly1305',
}
const hashes: Readonly<Record<string, object>> = {
  SHA256: { hash: 'SHA-256', kdf: 'HKDF-SHA256' },
  SHA384: { hash: 'SHA-384', kdf: 'HKDF-SHA384' },
}
const signatures: Readonly<Record<string, unknown>> = {
  Ed25519: 'Ed25519',
  P256: 'P-256',
  P384: 'P-384',
  MLDSA44: entry.mldsa44,
  MLDSA65: entry.mldsa65,
  MLDSA87: entry.mldsa87,
}

const named = Object.entries(entry).filter(([name]) => name.startsWith('MLS_'))

test('the suites of draft-ietf-mls-pq-ciphersuites-06 are eleven', () => {
  expect(named).toHaveLength(11)
})

test.each(named)('%s is what its name says', (name, suite) => {
  const [, , kem = '', aead = '', hash = '', signature = ''] = name.split('_')
  for (const [part, known] of [
    [kem, kems],
    [aead, aeads],
    [hash, hashes],
    [signature, signatures],
  ] as const) {
    expect(Object.keys(known)).toContain(part)
  }
  expect(suite).toStrictEqual({
    ...kems[kem],
    ...hashes[hash],
    aead: aeads[aead],
    signature: signatures[signature],
  })
})

test('the KEMs and signatures are of the algorithms that their names say', () => {
  const { mlkem768x25519, mlkem768, mlkem1024, mldsa44, mldsa65, mldsa87 } = entry
  // FIPS 203 section 8, FIPS 204 section 4, and what X25519 adds; lengths of public keys in bytes.
  const facts = [mlkem768x25519, mlkem768, mlkem1024, mldsa44, mldsa65, mldsa87].map((part) => [
    part.name,
    part.publicKeyLength,
  ])
  expect(facts).toEqual([
    ['MLKEM768-X25519', 1184 + 32],
    ['ML-KEM-768', 1184],
    ['ML-KEM-1024', 1568],
    ['ML-DSA-44', 1312],
    ['ML-DSA-65', 1952],
    ['ML-DSA-87', 2592],
  ])
  expect([mlkem768x25519.id, mlkem768.id, mlkem1024.id]).toEqual([0x647a, 0x41, 0x42])
})
