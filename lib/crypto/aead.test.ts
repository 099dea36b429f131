import { afterEach, describe, expect, test, vi } from 'vitest'
import { hex, unhex } from '../../tests/support/hex.js'
import { runtimeSuites } from '../../tests/support/runtime.js'
import { cipherSuite, Nn } from './suites.js'

afterEach(() => {
  vi.restoreAllMocks()
})

/** Test cases 2 and 14 of McGrew and Viega, "The Galois/Counter Mode of Operation": all zero, no additional data. */
const zeroAnswers: Record<number, string> = {
  1: '0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf',
  5: 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
}

test.each([1, 5])('AES-GCM, the known answer of all-zero input, suite %i', async (id) => {
  const { aead } = cipherSuite(id)
  const key = await aead.importKey(new Uint8Array(aead.Nk), 'encrypt')
  const nothing = new Uint8Array()
  const sealed = await aead.seal({ key, nonce: new Uint8Array(Nn) }, nothing, new Uint8Array(16))
  expect(hex(sealed)).toBe(zeroAnswers[id])
})

for (const id of runtimeSuites) {
  describe(`AEAD, RFC 9180 section 7.3, cipher suite ${id}`, () => {
    const { aead } = cipherSuite(id)
    const keyBytes = new Uint8Array(aead.Nk).fill(7)
    const nonce = new Uint8Array(Nn).fill(1)
    const aad = unhex('aabb')
    const plaintext = unhex('010203')
    const keys = async () => ({
      forSealing: { key: await aead.importKey(keyBytes, 'encrypt'), nonce },
      forOpening: { key: await aead.importKey(keyBytes, 'decrypt'), nonce },
    })

    test('opens what it seals, the tag of 16 bytes included, also nothing at all', async () => {
      const { forSealing, forOpening } = await keys()
      for (const content of [plaintext, new Uint8Array()]) {
        const sealed = await aead.seal(forSealing, aad, content)
        expect(sealed).toHaveLength(content.length + 16)
        expect(await aead.open(forOpening, aad, sealed)).toEqual(content)
      }
    })

    test('refuses any changed bit, other additional data, another nonce, and a cut', async () => {
      const { forSealing, forOpening } = await keys()
      const sealed = await aead.seal(forSealing, aad, plaintext)
      for (let at = 0; at < sealed.length; at++) {
        const changed = sealed.map((byte, i) => (i === at ? byte ^ 1 : byte))
        await expect(aead.open(forOpening, aad, changed)).rejects.toThrow()
      }
      for (const cut of [
        sealed.subarray(1),
        sealed.subarray(0, -1),
        sealed.subarray(0, 15),
        new Uint8Array(),
      ]) {
        await expect(aead.open(forOpening, aad, cut)).rejects.toThrow()
      }
      await expect(aead.open(forOpening, new Uint8Array(), sealed)).rejects.toThrow()
      const otherNonce = { key: forOpening.key, nonce: new Uint8Array(Nn) }
      await expect(aead.open(otherNonce, aad, sealed)).rejects.toThrow()
    })

    test('a key is good for one direction, and cannot be exported', async () => {
      const { forSealing, forOpening } = await keys()
      expect([forSealing.key.usages, forSealing.key.extractable]).toEqual([['encrypt'], false])
      expect([forOpening.key.usages, forOpening.key.extractable]).toEqual([['decrypt'], false])
      await expect(aead.seal(forOpening, aad, plaintext)).rejects.toThrow()
      await expect(crypto.subtle.exportKey('raw', forSealing.key)).rejects.toThrow()
    })
  })
}

test('ChaCha20-Poly1305 keys are imported in the format of their own, AES keys in the older one', async () => {
  const importKey = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new Error('seen'))
  for (const [id, format] of [
    [1, 'raw'],
    [3, 'raw-secret'],
    [5, 'raw'],
  ] as const) {
    const { aead } = cipherSuite(id)
    await expect(aead.importKey(new Uint8Array(aead.Nk), 'encrypt')).rejects.toThrow('seen')
    expect(importKey.mock.lastCall?.[0]).toBe(format)
  }
})
