import * as node from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, text } from '../../../tests/oracle/wire.js'
import { expectCode } from '../../../tests/support/expect-code.js'
import { hex, unhex } from '../../../tests/support/hex.js'
import { sharedVectors } from '../../../tests/vectors/reference.js'
import { ecdsaFromDer, ecdsaToDer } from './ecdsa-der.js'

type Bytes = Uint8Array<ArrayBuffer>

/** By the length of a coordinate in bytes. */
const curves = { 32: 'P-256', 48: 'P-384', 66: 'P-521' } as const
const lengths = [32, 48, 66] as const

interface Wycheproof {
  numberOfTests: number
  testGroups: {
    publicKey: { uncompressed: string }
    tests: { tcId: number; comment: string; msg: string; sig: string; result: string }[]
  }[]
}

test('Wycheproof: what is DER and verifies is valid, all else is refused', async (context) => {
  const file = sharedVectors<Wycheproof>('external/wycheproof-ecdsa-p256-sha256.json')
  if (file === undefined) return context.skip()
  const counts = { valid: 0, notDer: 0, notVerified: 0 }
  for (const { publicKey, tests } of file.testGroups) {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
    const raw = unhex(publicKey.uncompressed)
    const key = await crypto.subtle.importKey('raw', raw, algorithm, false, ['verify'])
    for (const { tcId, comment, msg, sig, result } of tests) {
      const name = `${tcId} ${comment}`
      const der = unhex(sig)
      let signature: Bytes
      try {
        signature = ecdsaFromDer(der, 32)
      } catch (error) {
        expect(error, name).toMatchObject({ name: 'TargetedMessageError', code: 'signature' })
        expect(result, name).toBe('invalid')
        counts.notDer++
        continue
      }
      expect(hex(ecdsaToDer(signature)), name).toBe(sig)
      const verified = await crypto.subtle.verify(algorithm, key, signature, unhex(msg))
      // There is no third result, so nothing is left to a policy.
      expect(result, name).toBe(verified ? 'valid' : 'invalid')
      counts[verified ? 'valid' : 'notVerified']++
    }
  }
  expect(counts.valid + counts.notDer + counts.notVerified).toBe(file.numberOfTests)
  expect(counts).toEqual({ valid: 174, notDer: 235, notVerified: 75 })
})

describe('RFC 8446 section 4.2.3, ECDSA-Sig-Value', () => {
  test.each(lengths)(
    'takes and gives what OpenSSL gives and takes, coordinates of %i bytes',
    async (length) => {
      const namedCurve = curves[length]
      const { privateKey, publicKey } = node.generateKeyPairSync('ec', { namedCurve })
      const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
      const algorithm = { name: 'ECDSA', namedCurve, hash: 'SHA-256' }
      const key = await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify'])
      for (let i = 0; i < 10; i++) {
        const message = text(`message ${i}`)
        const der = new Uint8Array(node.sign('sha256', message, { key: privateKey, dsaEncoding: 'der' }))
        const raw = ecdsaFromDer(der, length)
        expect(await crypto.subtle.verify(algorithm, key, raw, message)).toBe(true)
        expect(hex(ecdsaToDer(raw))).toBe(hex(der))
      }
    },
  )

  const coordinate = (length: number): fc.Arbitrary<Bytes> =>
    fc
      .tuple(fc.integer({ min: 0, max: length }), fc.uint8Array({ minLength: length, maxLength: length }))
      .map(([zeros, bytes]) => new Uint8Array(bytes).fill(0, 0, zeros))

  test.each(lengths)('round trip, coordinates of %i bytes', (length) => {
    fc.assert(
      fc.property(coordinate(length), coordinate(length), (r, s) => {
        const signature = concat(r, s)
        expect(hex(ecdsaFromDer(ecdsaToDer(signature), length))).toBe(hex(signature))
      }),
    )
  })

  test.each(lengths)('a changed signature is refused or is another canonical one, %i', (length) => {
    const edit = fc.record({ at: fc.nat(), remove: fc.nat(2), insert: fc.uint8Array({ maxLength: 2 }) })
    fc.assert(
      fc.property(coordinate(length), coordinate(length), edit, (r, s, { at, remove, insert }) => {
        const der = ecdsaToDer(concat(r, s))
        const start = at % der.length
        const changed = concat(der.subarray(0, start), insert, der.subarray(start + remove))
        let read: Bytes
        try {
          read = ecdsaFromDer(changed, length)
        } catch (error) {
          expect(error).toMatchObject({ code: 'signature' })
          return
        }
        expect(hex(ecdsaToDer(read))).toBe(hex(changed))
      }),
    )
  })

  test('zero and the top bit: one octet of zero where it is needed, none elsewhere', () => {
    const signature = new Uint8Array(64)
    expect(hex(ecdsaToDer(signature))).toBe('3006020100020100')
    signature[31] = 0x7f
    signature[63] = 0x80
    expect(hex(ecdsaToDer(signature))).toBe('300702017f02020080')
    const most = new Uint8Array(132).fill(0xff)
    expect(hex(ecdsaToDer(most))).toMatch(/^30818a024300(ff){66}024300(ff){66}$/)
  })
})

describe('is refused with the code signature', () => {
  const ones = 'ff'.repeat(32)
  const cases: Record<string, string> = {
    'nothing at all': '',
    'r || s that begins like a SEQUENCE': `${'30'.repeat(32)}${'11'.repeat(32)}`,
    'r || s': '11'.repeat(64),
    'trailing bytes after the SEQUENCE': '300602010102010100',
    'trailing bytes in the SEQUENCE': '300702010102010100',
    'a third INTEGER': '3009020101020101020101',
    'an empty SEQUENCE': '3000',
    'one INTEGER only': '3003020101',
    'an empty r': '30050200020101',
    'an empty s': '30050201010200',
    'a negative r': '3006020180020101',
    'a negative s': '30060201010201ff',
    'a needless zero in r': '300702020001020101',
    'a needless zero in s': '30070201010202007f',
    'two octets of zero': '30070202000002' + '0101',
    'a long-form length of the SEQUENCE': '308106020101020101',
    'a long-form length of an INTEGER': '30070281010102' + '0101',
    'a length of two octets': '30820006020101020101',
    'an indefinite length': '30800201010201010000',
    'an OCTET STRING instead of an INTEGER': '3006040101020101',
    'a SET instead of a SEQUENCE': '3106020101020101',
    'an r longer than the curve': `3026022101${ones}020101`,
    'an s longer than the curve': `3026020101022101${ones}`,
  }

  test.each(Object.entries(cases))('%s', async (_, der) => {
    await expectCode(() => ecdsaFromDer(unhex(der), 32), 'signature')
  })

  test('the message says of what, and why', async () => {
    const messages = {
      '': 'ECDSA signature: it is cut off: 1 byte(s) are expected at offset 0',
      '3003020101': 'ECDSA signature: it is cut off: 1 byte(s) are expected at offset 3',
      '300702020001020101': 'ECDSA signature: it is not DER at offset 9',
    }
    for (const [der, message] of Object.entries(messages)) {
      expect((await expectCode(() => ecdsaFromDer(unhex(der), 32), 'signature')).message).toBe(message)
    }
  })

  test('truncation at each byte', async () => {
    const whole = unhex(`3046022100${ones}022100${ones}`)
    expect(hex(ecdsaFromDer(whole, 32))).toBe(ones + ones)
    for (let cut = 0; cut < whole.length; cut++) {
      await expectCode(() => ecdsaFromDer(whole.subarray(0, cut), 32), 'signature')
    }
  })
})
