import { describe, expect, test } from 'vitest'
import { fromTsMls } from '../../lib/stacks/ts-mls.js'
import { expectCode } from '../support/expect-code.js'
import { groupContextBytes1, groupContextBytes2 } from '../support/groups/group-context.js'
import { createMlsGroup, postQuantumSuites, stateOf, tsMls1, tsMls2 } from '../support/groups/groups.js'
import { hex } from '../support/hex.js'
import { nativeKemIds } from '../support/runtime.js'
import { talkInSuite } from './talk.js'
import { plugInAead, plugInKems, plugInSignatures } from './ways.js'

/** What each suite is in truth: KEM, hash, AEAD, signature; all have HKDF-SHA512. By the numbers of 1.x. */
const truth = {
  77: [0x40, 'SHA-256', 'AES-256-GCM', 'Ed25519'],
  78: [0x40, 'SHA-256', 'ChaCha20-Poly1305', 'Ed25519'],
  79: [0x41, 'SHA-384', 'AES-256-GCM', 'Ed25519'],
  80: [0x41, 'SHA-384', 'ChaCha20-Poly1305', 'Ed25519'],
  81: [0x42, 'SHA-512', 'AES-256-GCM', 'Ed25519'],
  82: [0x42, 'SHA-512', 'ChaCha20-Poly1305', 'Ed25519'],
  83: [0x647a, 'SHA-512', 'AES-256-GCM', 'Ed25519'],
  84: [0x647a, 'SHA-512', 'ChaCha20-Poly1305', 'Ed25519'],
  85: [0x42, 'SHA-512', 'AES-256-GCM', 'ML-DSA-87'],
  86: [0x42, 'SHA-512', 'ChaCha20-Poly1305', 'ML-DSA-87'],
  87: [0x647a, 'SHA-512', 'AES-256-GCM', 'ML-DSA-87'],
  88: [0x647a, 'SHA-512', 'ChaCha20-Poly1305', 'ML-DSA-87'],
} as const

const either = 'from mls-targeted-messages/post-quantum or mls-targeted-messages/hpke-js'
const kemSources = {
  64: 'ML-KEM-512 \\(0x40\\), from mls-targeted-messages/hpke-js',
  65: `ML-KEM-768 \\(0x41\\), ${either}`,
  66: `ML-KEM-1024 \\(0x42\\), ${either}`,
  25722: `X-Wing \\(0x647a\\), ${either}`,
} as const

const signature = plugInSignatures['ML-DSA-87']

describe.each(postQuantumSuites)('suite %i of ts-mls', (cipherSuite) => {
  const [kemId, hash, aead, scheme] = truth[cipherSuite]
  const kem = plugInKems[kemId]
  const number2 = cipherSuite - 77 + 0xf007

  test('everybody talks to everybody, in each way of this engine and each revision', async () => {
    const arrivals = await talkInSuite(tsMls1, cipherSuite)
    const ways = nativeKemIds.includes(kemId) ? 4 : 1
    expect(arrivals).toHaveLength(3 * ways)
    expect(arrivals.map(({ suite }) => suite)).toEqual(arrivals.map(() => cipherSuite))
  })

  test('and so they do in 2.0', async () => {
    const arrivals = await talkInSuite(tsMls2, cipherSuite)
    expect(arrivals.map(({ suite }) => suite)).toEqual(arrivals.map(() => number2))
  })

  test('what a state holds, as RFC 9420 writes it', async () => {
    const group1 = await createMlsGroup({ stack: tsMls1, cipherSuite, members: ['alice', 'bob'] })
    const group2 = await createMlsGroup({ stack: tsMls2, cipherSuite, members: ['alice', 'bob'] })
    const [state1, state2] = [stateOf(group1, 'bob'), stateOf(group2, 'bob')]
    for (const [given, id, bytes] of [
      [fromTsMls(state1, { kem, signature }), cipherSuite, groupContextBytes1(state1.groupContext)],
      [fromTsMls(state2, { kem, signature }), number2, groupContextBytes2(state2.groupContext)],
    ] as const) {
      expect(given.cipherSuite).toEqual({
        id,
        kem,
        kdf: 'HKDF-SHA512',
        hash,
        aead,
        signature: scheme === 'Ed25519' ? scheme : signature,
      })
      expect(hex(given.groupContext)).toBe(hex(bytes))
      expect(given.exporterSecret).toHaveLength(64)
    }
  })

  test('without its KEM, or with another, it is refused, and the sentence says where to get it', async () => {
    const group = await createMlsGroup({ stack: tsMls1, cipherSuite, members: ['alice'] })
    const other = plugInKems[kemId === 0x41 ? 0x42 : 0x41]
    for (const parts of [{ signature }, { signature, kem: other }]) {
      const error = await expectCode(
        () => fromTsMls(stateOf(group, 'alice'), parts),
        'unsupported-cipher-suite',
      )
      expect(error.message).toMatch(new RegExp(` needs the kem ${kemSources[kemId]}$`))
    }
    if (scheme === 'Ed25519') return
    for (const parts of [{ kem }, { kem, signature: plugInSignatures['ML-DSA-65'] }]) {
      const error = await expectCode(
        () => fromTsMls(stateOf(group, 'alice'), parts),
        'unsupported-cipher-suite',
      )
      expect(error.message).toMatch(
        / needs the signature ML-DSA-87, from mls-targeted-messages\/post-quantum$/,
      )
    }
  })

  test('an AEAD plug-in stands in for the AEAD that it is', async () => {
    const group = await createMlsGroup({ stack: tsMls1, cipherSuite, members: ['alice'] })
    const given = fromTsMls(stateOf(group, 'alice'), { kem, signature, aead: plugInAead })
    const expected = aead === 'ChaCha20-Poly1305' ? plugInAead : aead
    expect(given.cipherSuite).toHaveProperty('aead', expected)
  })
})
