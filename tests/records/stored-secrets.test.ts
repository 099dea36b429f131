import { beforeAll, describe, expect, test } from 'vitest'
import { GroupEpoch, type GroupEpochRecord } from '../../lib/index.js'
import { oracleSeal } from '../oracle/oracle.js'
import { text } from '../oracle/wire.js'
import { openInWorker } from '../support/epoch-worker.js'
import { combinations } from '../support/epochs.js'
import { expectCode } from '../support/expect-code.js'
import { hex } from '../support/hex.js'
import { cryptoKeysOf } from '../support/member-crypto-keys.js'
import { type RandomGroup, randomGroup } from '../support/random-group.js'
import {
  copies,
  encryptedIn,
  fromAnything,
  holdsBytes,
  isCryptoKey,
  newStorageKey,
  valuesIn,
  withPart,
} from '../support/records.js'
import { createWithKeys, expectToWork } from '../support/round-trip.js'
import { isPeculiar } from '../support/runtime.js'
import { secretsOf } from '../support/secrets.js'

describe.each(combinations)('a storageKey, revision $revision, suite $cipherSuite', (combination) => {
  let group: RandomGroup
  let storageKey: CryptoKey
  let epoch: GroupEpoch
  let record: GroupEpochRecord
  beforeAll(async () => {
    storageKey = await newStorageKey()
    group = await randomGroup(combination)
    epoch = await GroupEpoch.create({ ...group.as(0), storageKey })
    record = epoch.export()
  })

  test.each([...copies])('through %s, also of a record of a record', async (_, copy) => {
    const from = await GroupEpoch.from(await copy(record), { storageKey })
    await expectToWork(group, from)
    await expectToWork(group, await GroupEpoch.from(await copy(from.export()), { storageKey }))
  })

  test('no key and no secret is left in the record', async () => {
    expect([...valuesIn(record)].filter(isCryptoKey)).toHaveLength(0)
    for (const [name, secret] of await secretsOf(group.as(0))) {
      expect(holdsBytes(record, secret), name).toBe(false)
    }
    expect(holdsBytes(record, encryptedIn(record).ciphertext)).toBe(true)
  })
})

describe.each([1, 2])('a storageKey, suite %i', (cipherSuite) => {
  let group: RandomGroup
  let storageKey: CryptoKey
  let record: GroupEpochRecord
  beforeAll(async () => {
    storageKey = await newStorageKey()
    group = await randomGroup({ cipherSuite })
    record = (await GroupEpoch.create({ ...group.as(0), storageKey })).export()
  })

  test('another key, or none, is `storage`', async () => {
    const other = await newStorageKey()
    const wrong = await expectCode(GroupEpoch.from(record, { storageKey: other }), 'storage')
    expect(wrong.message).toMatch(/does not decrypt: the storageKey is wrong, or the record was changed/)
    const missing = await expectCode(GroupEpoch.from(record), 'storage')
    expect(missing.message).toMatch(/was made with a storageKey, and none was given/)
  })

  test('a byte of the ciphertext or the nonce changed, or cut, is `storage`', async () => {
    for (const name of [
      'psk',
      'senderAuthDataSecret',
      'encryptionPrivateKey',
      'signaturePrivateKey',
    ] as const) {
      for (const part of ['ciphertext', 'nonce'] as const) {
        const bytes = encryptedIn(record, name)[part]
        const flipped = bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte))
        const cut = part === 'ciphertext' ? [bytes.slice(1), new Uint8Array()] : []
        for (const damaged of [flipped, ...cut]) {
          const changed = withPart(record, ['secrets', name, part], damaged)
          await expectCode(fromAnything(changed, { storageKey }), 'storage')
        }
      }
    }
  })

  test('every secret of every epoch has a nonce of its own', async () => {
    const again = (await GroupEpoch.create({ ...group.as(0), storageKey })).export()
    const names = ['psk', 'senderAuthDataSecret', 'encryptionPrivateKey', 'signaturePrivateKey'] as const
    const all = [record, again].flatMap((one) => names.map((name) => encryptedIn(one, name)))
    for (const part of ['nonce', 'ciphertext'] as const) {
      expect(new Set(all.map((secret) => hex(secret[part]))).size).toBe(8)
    }
  })
})

describe('CryptoKeys that are not extractable', () => {
  test.each([1, 2])('suite %i: a record without a storageKey; refused with one', async (cipherSuite) => {
    const group = await randomGroup({ cipherSuite })
    const [encryption, signature] = await cryptoKeysOf(group, 0, false)
    const plain = await createWithKeys(group.as(0), encryption, signature)
    const storageKey = await newStorageKey()
    const { self } = group.as(0)
    const sealed = [
      await createWithKeys({ ...group.as(0), storageKey }, encryption, signature),
      await createWithKeys({ ...group.as(0), storageKey }, encryption, self.signaturePrivateKey),
      await createWithKeys({ ...group.as(0), storageKey }, self.encryptionPrivateKey, signature),
    ]
    // Such an epoch works; it cannot be kept where the engine cannot clone its keys.
    for (const epoch of [...sealed, ...(isPeculiar ? [plain] : [])]) {
      await expectToWork(group, epoch)
      const { message } = await expectCode(() => epoch.export(), 'storage')
      expect(message).toMatch(/is not extractable, but must be encrypted.*give its bytes/)
    }
    if (!isPeculiar) await expectToWork(group, await GroupEpoch.from(structuredClone(plain.export())))
  })

  test.each([1, 2])('suite %i: extractable ones are encrypted as bytes are', async (cipherSuite) => {
    const group = await randomGroup({ cipherSuite })
    const [encryption, signature] = await cryptoKeysOf(group, 0, true)
    const storageKey = await newStorageKey()
    const epoch = await createWithKeys({ ...group.as(0), storageKey }, encryption, signature)
    await expectToWork(group, await GroupEpoch.from(structuredClone(epoch.export()), { storageKey }))
    const plain = (await createWithKeys(group.as(0), encryption, signature)).export()
    for (const key of [...valuesIn(plain)].filter(isCryptoKey)) expect(key.extractable).toBe(false)
  })
})

// Its CryptoKeys cannot be posted to a thread; record.test.ts has what is said then.
describe.skipIf(isPeculiar)('another thread has the record alone', () => {
  test.each([1, 2])('suite %i', async (cipherSuite) => {
    const group = await randomGroup({ cipherSuite })
    const storageKey = await newStorageKey()
    const message = await oracleSeal(group.as(1), { recipientLeafIndex: 0, applicationData: text('awake') })
    const record = (await GroupEpoch.create(group.as(0))).export()
    expect(await openInWorker({ record, message })).toBe('awake')
    const sealed = (await GroupEpoch.create({ ...group.as(0), storageKey })).export()
    expect(await openInWorker({ record: sealed, storageKey, message })).toBe('awake')
    expect(await openInWorker({ record: sealed, message })).toBe('storage')
  })
})
