import { describe, expect, test } from 'vitest'
import * as oracle from '../../tests/oracle/derive.js'
import { suiteOf } from '../../tests/oracle/suites.js'
import { hex, unhex } from '../../tests/support/hex.js'
import { runtimeSuites } from '../../tests/support/runtime.js'
import { sharedVectors } from '../../tests/vectors/reference.js'
import { deriveSecret, expandWithLabel, importSecret, mlsExporter } from './kdf.js'
import { cipherSuite } from './suites.js'

interface Basics {
  cipher_suite: number
  expand_with_label: { secret: string; label: string; context: string; length: number; out: string }
  derive_secret: { secret: string; label: string; out: string }
}

interface Schedule {
  cipher_suite: number
  epochs: {
    exporter_secret: string
    exporter: { label: string; context: string; length: number; secret: string }
  }[]
}

for (const id of runtimeSuites) {
  describe(`cipher suite ${id}`, () => {
    const suite = cipherSuite(id)
    const secretBytes = new Uint8Array(suite.kdf.Nh).fill(7)
    const secret = () => importSecret(suite.kdf, secretBytes)

    test('ExpandWithLabel and DeriveSecret, RFC 9420 crypto-basics vectors', async (context) => {
      const vectors = sharedVectors<Basics[]>('external/rfc9420-crypto-basics.json')
      if (vectors === undefined) return context.skip()
      const ours = vectors.filter((vector) => vector.cipher_suite === id)
      expect(ours).toHaveLength(1)
      for (const { expand_with_label: e, derive_secret: d } of ours) {
        const expandSecret = await importSecret(suite.kdf, unhex(e.secret))
        const expanded = await expandWithLabel(expandSecret, e.label, unhex(e.context), e.length)
        expect(hex(expanded)).toBe(e.out)
        const derived = await deriveSecret(suite, await importSecret(suite.kdf, unhex(d.secret)), d.label)
        expect(hex(derived)).toBe(d.out)
      }
    })

    test('MLS-Exporter, RFC 9420 key-schedule vectors', async (context) => {
      const vectors = sharedVectors<Schedule[]>('external/rfc9420-key-schedule.json')
      if (vectors === undefined) return context.skip()
      const epochs = vectors.filter((vector) => vector.cipher_suite === id).flatMap((vector) => vector.epochs)
      expect(epochs).toHaveLength(5)
      for (const { exporter_secret, exporter: e } of epochs) {
        const exporterSecret = await importSecret(suite.kdf, unhex(exporter_secret))
        const out = await mlsExporter(suite, exporterSecret, e.label, unhex(e.context), e.length)
        expect(hex(out)).toBe(e.secret)
      }
    })

    test('ExpandWithLabel gives any length up to Nh', async () => {
      const { Nh } = suite.kdf
      const context = Uint8Array.of(1, 2, 3)
      for (const length of [0, 1, 12, 16, Nh - 1, Nh]) {
        const out = await expandWithLabel(await secret(), 'length', context, length)
        const expected = await oracle.expandWithLabel(suiteOf(id), secretBytes, 'length', context, length)
        expect(out).toHaveLength(length)
        expect(hex(out)).toBe(hex(expected))
      }
    })

    test('a context of 5,000 bytes, though HKDF of Node takes an info of 1,024 at most', async () => {
      const context = new Uint8Array(5000).fill(9)
      const out = await expandWithLabel(await secret(), 'key', context, 16)
      expect(hex(out)).toBe(hex(await oracle.expandWithLabel(suiteOf(id), secretBytes, 'key', context, 16)))
      const exported = await mlsExporter(suite, await secret(), 'label', context, 32)
      expect(hex(exported)).toBe(
        hex(await oracle.mlsExporter(suiteOf(id), secretBytes, 'label', context, 32)),
      )
    })

    test('a secret as a key can neither be exported nor used for anything else', async () => {
      const key = await secret()
      expect([key.extractable, key.usages]).toEqual([false, ['sign']])
      await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
    })
  })
}

test('what depends on the label, the context and the length: RFC 9420 section 8', async () => {
  const suite = cipherSuite(1)
  const secret = await importSecret(suite.kdf, new Uint8Array(32))
  const expand = async (label: string, context: number[], length: number) =>
    hex(await expandWithLabel(secret, label, Uint8Array.from(context), length))
  const outs = [
    await expand('key', [], 16),
    await expand('nonce', [], 16),
    await expand('key', [0], 16),
    (await expand('key', [], 17)).slice(0, 32),
  ]
  expect(new Set(outs).size).toBe(4)
})
