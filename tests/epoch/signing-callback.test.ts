import { beforeAll, describe, expect, test, vi } from 'vitest'
import { ecdsaToDer } from '../../lib/crypto/signature/ecdsa-der.js'
import { type Bytes, concat, opaque, text } from '../oracle/wire.js'
import { combinations } from '../support/epochs.js'
import { expectCode } from '../support/expect-code.js'
import { cryptoKeysOf } from '../support/member-crypto-keys.js'
import { type RandomGroup, randomGroup, signatureAlgorithm } from '../support/random-group.js'
import { createWithKeys, expectToWork } from '../support/round-trip.js'

/** 01 signs as 02 does. */
const both = combinations.filter(({ revision }) => revision !== '01')

describe.each(both)('signing by a callback, revision $revision, suite $cipherSuite', (combination) => {
  let group: RandomGroup
  let key: CryptoKey
  beforeAll(async () => {
    group = await randomGroup(combination)
    key = (await cryptoKeysOf(group, 0, false))[1]
  })

  const { cipherSuite } = combination
  const scheme = signatureAlgorithm(cipherSuite)
  const hash = { 2: 'SHA-256', 5: 'SHA-512', 7: 'SHA-384' }[cipherSuite] ?? ''
  const sign = async (content: Bytes): Promise<Bytes> => {
    const signature = new Uint8Array(await crypto.subtle.sign({ ...scheme, hash }, key, content))
    return scheme.name === 'Ed25519' ? signature : ecdsaToDer(signature)
  }
  const createWith = (callback: unknown) =>
    createWithKeys(group.as(0), group.as(0).self.encryptionPrivateKey, callback)
  const sealWith = async (callback: unknown) =>
    (await createWith(callback)).seal({ recipientLeafIndex: 1, applicationData: text('x') })

  test('it gets the SignContent of RFC 9420 section 5.1.2 and is asked only to seal', async () => {
    const callback = vi.fn(sign)
    const epoch = await createWith(callback)
    expect(callback).not.toHaveBeenCalled()
    await expectToWork(group, epoch)
    expect(callback).toHaveBeenCalledOnce()
    const label = opaque(text('MLS 1.0 TargetedMessageTBS'))
    expect(callback.mock.calls[0]?.[0].subarray(0, label.length)).toEqual(label)
  })

  test('what it does to the bytes it gets changes nothing', async () => {
    const epoch = await createWith(async (content: Bytes) => {
      const signature = await sign(content.slice())
      content.fill(0)
      return signature
    })
    await expectToWork(group, epoch)
  })

  test('a signature that does not verify is refused before it goes anywhere', async () => {
    const wrong: ((content: Bytes) => Promise<unknown>)[] = [
      (content) => sign(content.slice(1)),
      async (content) => concat(await sign(content), Uint8Array.of(0)),
      async () => new Uint8Array(),
      async () => new Uint8Array(64),
    ]
    for (const callback of wrong) {
      const { message } = await expectCode(sealWith(callback), 'invalid-input')
      expect(message).toMatch(/signaturePrivateKey callback/)
    }
  })

  test('what it throws is the cause', async () => {
    const failure = new Error('the card is not in the reader')
    const callback = vi.fn(() => Promise.reject(failure))
    expect((await expectCode(sealWith(callback), 'invalid-input')).cause).toBe(failure)
  })

  test('it gives no Uint8Array', async () => {
    for (const result of [undefined, null, 'signature', new ArrayBuffer(64)]) {
      const { message } = await expectCode(
        sealWith(async () => result),
        'invalid-input',
      )
      expect(message).toMatch(/signaturePrivateKey callback/)
    }
  })
})
