import { describe, expect, test } from 'vitest'
import { concat } from '../../tests/oracle/wire.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { hex, unhex } from '../../tests/support/hex.js'
import { encryptionKeyPair, signatureKeyPair } from '../../tests/support/key-pair-forms.js'
import { runtimeSuites } from '../../tests/support/runtime.js'
import { ed25519, p256, p384, p521, x25519 } from './curves.js'
import { privateKeyFromPkcs8 } from './pkcs8.js'
import { cipherSuite } from './suites.js'

type Bytes = Uint8Array<ArrayBuffer>

/** An element of DER with a short length or one octet of length. */
function der(tagNumber: number, ...contents: readonly Uint8Array[]): Bytes {
  const content = concat(...contents)
  const length = content.length < 0x80 ? [content.length] : [0x81, content.length]
  return concat(Uint8Array.of(tagNumber, ...length), content)
}

const version = (value: number): Bytes => der(0x02, Uint8Array.of(value))

describe('PKCS#8, RFC 5958 section 2', () => {
  for (const id of runtimeSuites) {
    test(`as the engine exports it, both keys of suite ${id}`, async () => {
      const suite = cipherSuite(id)
      const encryption = await encryptionKeyPair(suite)
      const signature = await signatureKeyPair(suite)
      expect(hex(privateKeyFromPkcs8(encryption.pkcs8, suite.kem.curve))).toBe(hex(encryption.raw))
      expect(hex(privateKeyFromPkcs8(signature.pkcs8, suite.signature.curve))).toBe(hex(signature.raw))
    })
  }

  test.each([p256, p384, p521])(
    '$crv: RFC 5915 with and without the parameters and the public key',
    (curve) => {
      const scalar = new Uint8Array(curve.privateKeyLength).fill(0x5a)
      const parameters = der(0xa0, unhex(curve.algorithmIdentifier.slice(-14)))
      const publicKey = der(0xa1, der(0x03, new Uint8Array(20)))
      for (const optional of [[], [parameters], [publicKey], [parameters, publicKey]]) {
        const ecPrivateKey = der(0x30, version(1), der(0x04, scalar), ...optional)
        const algorithm = der(0x30, unhex(curve.algorithmIdentifier))
        const pkcs8 = der(0x30, version(0), algorithm, der(0x04, ecPrivateKey))
        expect(hex(privateKeyFromPkcs8(pkcs8, curve))).toBe(hex(scalar))
      }
    },
  )

  test('Ed25519: the examples of RFC 8410 section 10.3, without and with the public key', () => {
    const seed = 'd4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842'
    const bare = 'MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC'
    const full =
      'MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhCoB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJk' +
      'bGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE='
    for (const base64 of [bare, full]) {
      expect(
        hex(
          privateKeyFromPkcs8(
            Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)),
            ed25519,
          ),
        ),
      ).toBe(seed)
    }
  })
})

describe('is invalid-input', () => {
  const ecKey = (...more: Uint8Array[]) =>
    der(0x30, version(1), der(0x04, new Uint8Array(32).fill(1)), ...more)
  const info = (key: Uint8Array, identifier = p256.algorithmIdentifier) =>
    der(0x30, version(0), der(0x30, unhex(identifier)), der(0x04, key))
  const okp = (length: number, identifier = x25519.algorithmIdentifier) =>
    info(der(0x04, new Uint8Array(length)), identifier)

  test('another curve, in both directions', async () => {
    const all = [p256, p384, p521, x25519, ed25519]
    for (const given of all) {
      for (const wanted of all) {
        const pkcs8 = info(ecKey(), given.algorithmIdentifier)
        if (given === wanted) continue
        const error = await expectCode(() => privateKeyFromPkcs8(pkcs8, wanted), 'invalid-input')
        expect(error.message).toContain(`PKCS#8 of ${wanted.crv}: it is a key of another algorithm`)
      }
    }
  })

  test('a key of another length', async () => {
    for (const length of [0, 31, 33]) {
      const error = await expectCode(() => privateKeyFromPkcs8(okp(length), x25519), 'invalid-input')
      expect(error.message).toContain(`${length} bytes`)
    }
    const longer = info(der(0x30, version(1), der(0x04, new Uint8Array(33))))
    await expectCode(() => privateKeyFromPkcs8(longer, p256), 'invalid-input')
  })

  test('trailing bytes, outside and inside', async () => {
    const good = info(ecKey())
    expect(privateKeyFromPkcs8(good, p256)).toHaveLength(32)
    const more = new Uint8Array(1)
    const bads = [
      [concat(good, more), p256],
      [info(concat(ecKey(), more)), p256],
      [info(concat(der(0x04, new Uint8Array(32)), more), x25519.algorithmIdentifier), x25519],
    ] as const
    for (const [bad, curve] of bads) {
      const error = await expectCode(() => privateKeyFromPkcs8(bad, curve), 'invalid-input')
      expect(error.message).toContain('1 byte(s) follow its end')
    }
  })

  test('truncation at each byte, and a key that is not wrapped', async () => {
    for (const [whole, curve] of [
      [info(ecKey()), p256],
      [okp(32), x25519],
    ] as const) {
      for (let cut = 0; cut < whole.length; cut++) {
        await expectCode(() => privateKeyFromPkcs8(whole.subarray(0, cut), curve), 'invalid-input')
      }
    }
    await expectCode(() => privateKeyFromPkcs8(ecKey(), p256), 'invalid-input')
    await expectCode(() => privateKeyFromPkcs8(info(new Uint8Array(32)), p256), 'invalid-input')
  })
})
