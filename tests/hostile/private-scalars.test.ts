import { p256, p384, p521 } from '@noble/curves/nist.js'
import { describe, test } from 'vitest'
import { importEncryptionPrivateKey, importSignaturePrivateKey } from '../../lib/crypto/private-keys.js'
import { cipherSuite } from '../../lib/crypto/suites.js'
import { expectCode } from '../support/expect-code.js'
import { unhex } from '../support/hex.js'
import { isPeculiar } from '../support/runtime.js'

type Bytes = Uint8Array<ArrayBuffer>

const curves = { 2: p256, 5: p521, 7: p384 } as const

describe.each([2, 5, 7] as const)(
  'private scalars are 1 to n - 1, SEC 1 section 3.2.1, cipher suite %i',
  (id) => {
    const suite = cipherSuite(id)
    const { kem } = suite
    const { BASE, Fn } = curves[id].Point
    const scalar = (value: bigint): Bytes =>
      unhex(value.toString(16).padStart(2 * kem.curve.privateKeyLength, '0'))
    /** The public key of the scalar 1. */
    const generator = new Uint8Array(BASE.toBytes(false))
    const negated = new Uint8Array(BASE.negate().toBytes(false))

    test('1 and n - 1 are taken', async () => {
      for (const [value, publicKey] of [
        [1n, generator],
        [Fn.ORDER - 1n, negated],
      ] as const) {
        await importEncryptionPrivateKey(suite, scalar(value), publicKey)
        await importSignaturePrivateKey(suite, scalar(value), publicKey)
      }
    })

    test('0 and n are refused', async () => {
      for (const value of [0n, Fn.ORDER]) {
        await expectCode(importEncryptionPrivateKey(suite, scalar(value), generator), 'invalid-input')
        await expectCode(importSignaturePrivateKey(suite, scalar(value), generator), 'invalid-input')
      }
    })

    test('n + 1 is refused, though it is 1 modulo n', async () => {
      await expectCode(importEncryptionPrivateKey(suite, scalar(Fn.ORDER + 1n), generator), 'invalid-input')
      // ECDSA of @peculiar/webcrypto reduces it: the pair is proven all the same.
      if (!isPeculiar)
        await expectCode(importSignaturePrivateKey(suite, scalar(Fn.ORDER + 1n), generator), 'invalid-input')
    })
  },
)
