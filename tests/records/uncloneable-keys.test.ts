import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { GroupEpoch, Inbox } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { cryptoKeysOf } from '../support/member-crypto-keys.js'
import { randomGroup } from '../support/random-group.js'
import { holdsBytes, isCryptoKey, newStorageKey, valuesIn } from '../support/records.js'
import { createWithKeys, expectToWork } from '../support/round-trip.js'
import { isPeculiar } from '../support/runtime.js'
import { secretsOf } from '../support/secrets.js'

const isX25519 = (value: unknown): boolean =>
  isCryptoKey(value) && value.algorithm.name === 'X25519' && value.type === 'private'

const clone = globalThis.structuredClone

/** Engines that cannot clone X25519 private keys: one says so, one gives null, one an object that is no key. */
const engines: [name: string, onX25519: (key: unknown) => unknown][] = [
  [
    'throws',
    () => {
      throw new DOMException('cannot be cloned', 'DataCloneError')
    },
  ],
  ['gives null', () => null],
  ['gives an object', () => ({ algorithm: { name: 'X25519' }, usages: ['deriveBits'], type: 'private' })],
]

describe.each(engines)('an engine that %s instead of cloning an X25519 private key', (_, onX25519) => {
  beforeEach(() => {
    vi.stubGlobal('structuredClone', (value: unknown) => (isX25519(value) ? onX25519(value) : clone(value)))
  })
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  test('the record carries that secret under a key of its own, and comes back', async () => {
    const group = await randomGroup({ cipherSuite: 1 })
    const epoch = await GroupEpoch.create(group.as(0))
    const record = epoch.export()
    const { psk, senderAuthDataSecret, encryptionPrivateKey, signaturePrivateKey, recordKey } = record.secrets
    expect(encryptionPrivateKey.kind).toBe('record-key')
    for (const secret of [psk, senderAuthDataSecret, signaturePrivateKey]) {
      expect(secret?.kind).toBe(isPeculiar ? 'record-key' : 'key')
    }
    const keys = [...valuesIn(record)].filter(isCryptoKey)
    expect(keys).toContain(recordKey)
    expect(keys).toHaveLength(isPeculiar ? 1 : 4)
    for (const key of keys) expect(key.extractable).toBe(false)
    expect(recordKey?.algorithm).toMatchObject({ name: 'AES-GCM', length: 256 })
    for (const [name, secret] of await secretsOf(group.as(0))) {
      expect(holdsBytes(record, secret), name).toBe(false)
    }
    await expectToWork(group, await GroupEpoch.from(record))
    await expectToWork(group, await GroupEpoch.from((await GroupEpoch.from(record)).export()))
    // With a storageKey, only what is encrypted under it is taken.
    await expectCode(GroupEpoch.from(record, { storageKey: await newStorageKey() }), 'storage')
    if (isPeculiar) await expectCode(GroupEpoch.from(clone(record)), 'invalid-input')
    else await expectToWork(group, await GroupEpoch.from(clone(record)))
    const inbox = await Inbox.open()
    await inbox.enter(epoch)
  })

  test('another recordKey, or none, is refused', async () => {
    const group = await randomGroup({ cipherSuite: 1 })
    const record = (await GroupEpoch.create(group.as(0))).export()
    const withKey = (recordKey: CryptoKey | undefined) =>
      GroupEpoch.from({ ...record, secrets: Object.assign({}, record.secrets, { recordKey }) })
    await expectCode(withKey(await newStorageKey()), 'storage')
    await expectCode(withKey(undefined), 'storage')
  })

  test('an X25519 CryptoKey that is not extractable cannot be kept: `storage`, and why', async () => {
    const group = await randomGroup({ cipherSuite: 1 })
    const [encryption, signature] = await cryptoKeysOf(group, 0, false)
    const { encryptionPrivateKey, signaturePrivateKey } = group.as(0).self
    if (!isPeculiar) {
      // The Ed25519 key is not concerned.
      const epoch = await createWithKeys(group.as(0), encryptionPrivateKey, signature)
      await expectToWork(group, await GroupEpoch.from(epoch.export()))
    }
    for (const signatureKey of [signature, signaturePrivateKey]) {
      const epoch = await createWithKeys(group.as(0), encryption, signatureKey)
      await expectToWork(group, epoch)
      const { message } = await expectCode(() => epoch.export(), 'storage')
      expect(message).toMatch(
        /^self.encryptionPrivateKey is not extractable.*cannot clone it: give its bytes$/,
      )
      await expectCode((await Inbox.open()).enter(epoch), 'storage')
    }
  })

  test('extractable CryptoKeys can', async () => {
    const group = await randomGroup({ cipherSuite: 1 })
    const [encryption, signature] = await cryptoKeysOf(group, 0, true)
    const record = (await createWithKeys(group.as(0), encryption, signature)).export()
    await expectToWork(group, await GroupEpoch.from(record))
  })

  test('suite 2 is not concerned', async () => {
    const group = await randomGroup({ cipherSuite: 2 })
    const [encryption, signature] = await cryptoKeysOf(group, 0, false)
    const epoch = await createWithKeys(group.as(0), encryption, signature)
    if (isPeculiar) return expectCode(() => epoch.export(), 'storage')
    expect(epoch.export().secrets.recordKey).toBeUndefined()
    return expectToWork(group, await GroupEpoch.from(epoch.export()))
  })
})
