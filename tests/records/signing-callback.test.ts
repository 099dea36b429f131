import { beforeAll, describe, expect, test, vi } from 'vitest'
import { ecdsaToDer } from '../../lib/crypto/signature/ecdsa-der.js'
import { GroupEpoch, type GroupEpochRecord } from '../../lib/index.js'
import { oracleSeal } from '../oracle/oracle.js'
import { text } from '../oracle/wire.js'
import { expectCode } from '../support/expect-code.js'
import { cryptoKeysOf } from '../support/member-crypto-keys.js'
import { type RandomGroup, randomGroup, signatureAlgorithm } from '../support/random-group.js'
import { newStorageKey, valuesIn } from '../support/records.js'
import { createWithKeys, expectToWork } from '../support/round-trip.js'
import { isPeculiar } from '../support/runtime.js'

const applicationData = text('kept')

describe.each([1, 2])('the record of an epoch that signs by a callback, suite %i', (cipherSuite) => {
  let group: RandomGroup
  let key: CryptoKey
  let storageKey: CryptoKey
  let records: [name: string, record: GroupEpochRecord, storageKey: CryptoKey | undefined][]
  const sign = vi.fn(async (content: Uint8Array<ArrayBuffer>) => {
    const algorithm = { ...signatureAlgorithm(cipherSuite), hash: 'SHA-256' }
    const signature = new Uint8Array(await crypto.subtle.sign(algorithm, key, content))
    return cipherSuite === 1 ? signature : ecdsaToDer(signature)
  })

  beforeAll(async () => {
    group = await randomGroup({ cipherSuite })
    key = (await cryptoKeysOf(group, 0, false))[1]
    storageKey = await newStorageKey()
    const member = group.as(0)
    const { encryptionPrivateKey } = member.self
    const plain = await createWithKeys(member, encryptionPrivateKey, sign)
    const sealed = await createWithKeys({ ...member, storageKey }, encryptionPrivateKey, sign)
    records = [
      ['plain', plain.export(), undefined],
      ['with a storageKey', sealed.export(), storageKey],
    ]
  })

  test('has no function in it', () => {
    for (const [, record] of records) {
      expect([...valuesIn(record.secrets)].filter((value) => value === sign)).toHaveLength(0)
    }
  })

  test('opens without it, and says what sealing needs', async () => {
    const message = await oracleSeal(group.as(1), { recipientLeafIndex: 0, applicationData })
    for (const [name, record, storageKey] of records) {
      const epoch = await GroupEpoch.from(record, { storageKey })
      expect((await epoch.open(message)).applicationData, name).toEqual(applicationData)
      const sealing = epoch.seal({ recipientLeafIndex: 1, applicationData })
      const refused = await expectCode(sealing, 'invalid-input')
      expect(refused.message).toBe(
        'to seal, pass the signaturePrivateKey callback that the epoch was created with',
      )
    }
  })

  test('seals with it, and asks it for nothing else', async () => {
    for (const [, record, storageKey] of records) {
      sign.mockClear()
      const epoch = await GroupEpoch.from(record, { storageKey, signaturePrivateKey: sign })
      expect(sign).not.toHaveBeenCalled()
      await expectToWork(group, epoch)
      expect(sign).toHaveBeenCalledOnce()
      // The record of it is to be given the callback again.
      await expectToWork(
        group,
        await GroupEpoch.from(epoch.export(), { storageKey, signaturePrivateKey: sign }),
      )
    }
  })

  test('another callback: what it signs goes nowhere', async () => {
    for (const [, record, storageKey] of records) {
      const signaturePrivateKey = async () => new Uint8Array(64)
      const epoch = await GroupEpoch.from(record, { storageKey, signaturePrivateKey })
      await expectCode(epoch.seal({ recipientLeafIndex: 1, applicationData }), 'invalid-input')
    }
  })
})

test.skipIf(isPeculiar)(
  'the epoch of a callback has keys in its record that the engine can clone',
  async () => {
    const member = (await randomGroup({ revision: '00', cipherSuite: 2 })).as(0)
    const self = { ...member.self, signaturePrivateKey: async () => new Uint8Array() }
    const { secrets } = (await GroupEpoch.create({ ...member, self })).export()
    expect(secrets.psk.kind).toBe('key')
    expect(secrets.signaturePrivateKey).toBeUndefined()
  },
)
