import { beforeAll, describe, expect, test, vi } from 'vitest'
import { expectCode } from '../../testing/expect-code.js'
import { type RandomGroup, randomGroup } from '../../testing/random-group.js'
import { fromAnything, newStorageKey, withPart } from '../../testing/records.js'
import { expectToWork } from '../../testing/round-trip.js'
import { isPeculiar } from '../../testing/runtime.js'
import { subtleCalls } from '../../testing/subtle-calls.js'
import { checkInteger } from '../check.js'
import { GroupEpoch, type GroupEpochRecord } from '../index.js'

let group: RandomGroup
let storageKey: CryptoKey
let plain: GroupEpochRecord
let sealed: GroupEpochRecord
beforeAll(async () => {
  // Of P-256, whose keys every engine clones.
  group = await randomGroup({ revision: '00', cipherSuite: 2 })
  storageKey = await newStorageKey()
  plain = (await GroupEpoch.create(group.as(0))).export()
  sealed = (await GroupEpoch.create({ ...group.as(0), storageKey })).export()
})

const isObject = (value: unknown): value is { readonly name?: unknown } =>
  typeof value === 'object' && value !== null

describe('what is wrong with a record is named', () => {
  test.each([
    [['groupId'], 'groupId must be a Uint8Array'],
    [['groupContext'], 'groupContext must be a Uint8Array'],
    [['leafIndex'], 'leafIndex must be an integer from 0 to 4294967295, not x'],
    [['maxMessageLength'], 'maxMessageLength must be an integer from 1 to 9007199254740991, not x'],
    [['members', 'leafIndices'], 'the leaves of members must be a Uint32Array'],
    [['members', 'encryptionKeys'], 'encryptionKeys must be a Uint8Array'],
    [['members', 'signatureKeys'], 'signatureKeys must be a Uint8Array'],
    [['secrets', 'psk', 'ciphertext'], 'ciphertext must be a Uint8Array'],
    [['secrets', 'psk', 'nonce'], 'nonce must be a Uint8Array'],
    [['secrets', 'psk', 'kind'], 'the record has a secret of kind x'],
    [
      ['secrets', 'recordKey'],
      'recordKey must be an AES-GCM CryptoKey with the usages encrypt, and decrypt or unwrapKey',
    ],
  ])('%j', async (path, sentence) => {
    const { message } = await expectCode(
      fromAnything(withPart(sealed, path, 'x'), { storageKey }),
      'invalid-input',
    )
    expect(message).toBe(sentence)
  })

  // The keys of @peculiar/webcrypto cannot be cloned, so its records hold none.
  test.skipIf(isPeculiar)('keys', async () => {
    const hashless = await crypto.subtle.importKey('raw', new Uint8Array(32), 'HKDF', false, ['deriveBits'])
    const otherHash = await crypto.subtle.importKey(
      'raw',
      new Uint8Array(32),
      { name: 'HMAC', hash: 'SHA-384' },
      false,
      ['sign'],
    )
    for (const key of [hashless, otherHash]) {
      const record = withPart(plain, ['secrets', 'senderAuthDataSecret', 'key'], key)
      const { message } = await expectCode(fromAnything(record), 'invalid-input')
      expect(message).toBe('the record has other keys than its cipher suite')
    }
  })

  test('leaves that do not ascend', async () => {
    for (const leaves of [
      [0, 2, 1],
      [0, 0, 1],
      [1, 0, 2],
    ]) {
      const record = withPart(plain, ['members', 'leafIndices'], Uint32Array.from(leaves))
      const { message } = await expectCode(fromAnything(record), 'invalid-input')
      expect(message).toBe('the leaves of members must ascend')
    }
  })

  test('the storageKey', async () => {
    const wanted = 'storageKey must be an AES-GCM CryptoKey with the usages encrypt, and decrypt or unwrapKey'
    expect((await expectCode(fromAnything(sealed, { storageKey: 'x' }), 'invalid-input')).message).toBe(
      wanted,
    )
    const { message } = await expectCode(fromAnything(plain, { storageKey }), 'storage')
    expect(message).toBe('a storageKey was given for a record without one')
  })

  test('a secret without the key that it is encrypted under', async () => {
    const kept = withPart(sealed, ['secrets', 'psk', 'kind'], 'record-key')
    const { message } = await expectCode(fromAnything(kept), 'storage')
    expect(message).toBe('the record lacks the key that its secrets are encrypted under')
  })
})

test.each([1, 2])('secrets are wiped once create has imported them, suite %i', async (cipherSuite) => {
  const member = (await randomGroup({ cipherSuite })).as(0)
  const { importKey } = await subtleCalls(() => GroupEpoch.create({ ...member, storageKey }))
  const secrets = importKey.flatMap(({ arguments: [, bytes, algorithm] }) => {
    const isSecret = algorithm === 'HKDF' || (isObject(algorithm) && algorithm.name === 'HMAC')
    return isSecret && bytes instanceof Uint8Array ? [bytes] : []
  })
  expect(secrets.length).toBeGreaterThanOrEqual(5)
  for (const bytes of secrets) expect(bytes.every((byte) => byte === 0)).toBe(true)
})

test('secrets that were decrypted are wiped once they are imported', async () => {
  const { decrypt } = await subtleCalls(() => GroupEpoch.from(sealed, { storageKey }))
  expect(decrypt).toHaveLength(4)
  for (const { result } of decrypt) {
    if (!(result instanceof ArrayBuffer)) return expect.fail('nothing was decrypted')
    expect(result.byteLength).toBeGreaterThanOrEqual(32)
    expect(new Uint8Array(result).every((byte) => byte === 0)).toBe(true)
  }
})

describe('a storageKey that may unwrap', () => {
  const create = async (usages: KeyUsage[]) => {
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, usages)
    return { key, record: (await GroupEpoch.create({ ...group.as(0), storageKey: key })).export() }
  }

  test.each([[['encrypt', 'unwrapKey']], [['encrypt', 'decrypt', 'unwrapKey']]] as KeyUsage[][][])(
    '%j: the page has no bytes of a secret',
    async (usages) => {
      const { key, record } = await create(usages)
      let epoch: GroupEpoch | undefined
      const { decrypt, importKey } = await subtleCalls(async () => {
        epoch = await GroupEpoch.from(record, { storageKey: key })
      })
      // @peculiar/webcrypto unwraps by its own decrypt and importKey, which the page sees.
      if (!isPeculiar) expect([decrypt, importKey]).toEqual([[], []])
      if (epoch) await expectToWork(group, epoch)
    },
  )

  test('an engine that does not unwrap: decrypted instead, if the key may', async () => {
    const both = await create(['encrypt', 'decrypt', 'unwrapKey'])
    const alone = await create(['encrypt', 'unwrapKey'])
    const unwrapKey = vi.spyOn(crypto.subtle, 'unwrapKey').mockRejectedValue(new Error('not supported'))
    try {
      await expectToWork(group, await GroupEpoch.from(both.record, { storageKey: both.key }))
      await expectCode(GroupEpoch.from(alone.record, { storageKey: alone.key }), 'storage')
    } finally {
      unwrapKey.mockRestore()
    }
  })

  test('another key is `storage`', async () => {
    const { record } = await create(['encrypt', 'unwrapKey'])
    const { key } = await create(['encrypt', 'unwrapKey'])
    await expectCode(GroupEpoch.from(record, { storageKey: key }), 'storage')
  })
})

test.skipIf(isPeculiar)(
  'the epoch of a callback has keys in its record that the engine can clone',
  async () => {
    const member = group.as(0)
    const self = { ...member.self, signaturePrivateKey: async () => new Uint8Array() }
    const { secrets } = (await GroupEpoch.create({ ...member, self })).export()
    expect(secrets.psk.kind).toBe('key')
    expect(secrets.signaturePrivateKey).toBeUndefined()
  },
)

describe('what is wrong with an argument is shown', () => {
  test.each([
    ['7', '7'],
    [1.5, '1.5'],
    [undefined, 'undefined'],
    [Symbol('s'), 'Symbol(s)'],
    [Object.create(null), 'object'],
    [{}, 'object'],
    [null, 'object'],
  ])('%o', async (value, shown) => {
    const { message } = await expectCode(() => checkInteger(value, 'it', 0), 'invalid-input')
    expect(message).toBe(`it must be an integer from 0 to 9007199254740991, not ${shown}`)
  })

  test('the exporter secret and a message', async () => {
    const short = GroupEpoch.create({ ...group.as(0), exporterSecret: new Uint8Array(31) })
    expect((await expectCode(short, 'invalid-input')).message).toBe(
      'exporterSecret must be 32 bytes long, not 31',
    )
    const epoch = await GroupEpoch.create(group.as(0))
    const opening = Reflect.apply(epoch.open, epoch, ['text'])
    expect((await expectCode(opening, 'invalid-input')).message).toBe('message must be a Uint8Array')
  })
})
