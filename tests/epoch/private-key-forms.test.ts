import { beforeAll, describe, expect, test } from 'vitest'
import { GroupEpoch } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { cryptoKeysOf } from '../support/member-crypto-keys.js'
import { type RandomGroup, randomGroup } from '../support/random-group.js'
import { createWithKeys, expectToWork } from '../support/round-trip.js'
import { runtimeSuites } from '../support/runtime.js'

describe.each(runtimeSuites)('private keys, suite %i', (cipherSuite) => {
  let group: RandomGroup
  beforeAll(async () => {
    group = await randomGroup({ cipherSuite })
  })

  test('raw bytes', async () => expectToWork(group, await GroupEpoch.create(group.as(0))))

  test.each([true, false])('CryptoKeys, extractable: %s', async (extractable) => {
    const [encryption, signature] = await cryptoKeysOf(group, 0, extractable)
    await expectToWork(group, await createWithKeys(group.as(0), encryption, signature))
  })

  test('PKCS#8', async () => {
    const pkcs8 = async (key: CryptoKey) => new Uint8Array(await crypto.subtle.exportKey('pkcs8', key))
    const [encryption, signature] = await cryptoKeysOf(group, 0, true)
    await expectToWork(
      group,
      await createWithKeys(group.as(0), await pkcs8(encryption), await pkcs8(signature)),
    )
  })

  test.each(['encryptionPrivateKey', 'signaturePrivateKey'] as const)(
    '%s of somebody else is refused, in each form',
    async (name) => {
      const own = group.as(0).self
      const theirs = group.as(2).self
      const mixed = { ...group.as(0), self: { ...own, [name]: theirs[name] } }
      const message = new RegExp(`self.${name} must be the private key of the own leaf`)
      expect((await expectCode(GroupEpoch.create(mixed), 'invalid-input')).message).toMatch(message)
      for (const extractable of [true, false]) {
        const [encryption, signature] = await cryptoKeysOf(group, 2, extractable)
        const creating =
          name === 'encryptionPrivateKey'
            ? createWithKeys(group.as(0), encryption, own.signaturePrivateKey)
            : createWithKeys(group.as(0), own.encryptionPrivateKey, signature)
        expect((await expectCode(creating, 'invalid-input')).message).toMatch(message)
      }
    },
  )

  test('keys of the other kind, public keys and other bytes are refused', async () => {
    const [encryption, signature] = await cryptoKeysOf(group, 0, false)
    const raw = group.as(0).self
    for (const wrong of [undefined, null, 'key', 7, {}, new Uint8Array(), new Uint8Array(31)]) {
      await expectCode(createWithKeys(group.as(0), wrong, signature), 'invalid-input')
      await expectCode(createWithKeys(group.as(0), encryption, wrong), 'invalid-input')
    }
    await expectCode(createWithKeys(group.as(0), signature, raw.signaturePrivateKey), 'invalid-input')
    await expectCode(createWithKeys(group.as(0), raw.encryptionPrivateKey, encryption), 'invalid-input')
  })
})
