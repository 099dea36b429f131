import { beforeAll, describe, expect, test } from 'vitest'
import { expectCode } from '../../testing/expect-code.js'
import { type RandomGroup, randomGroup } from '../../testing/random-group.js'
import { fromAnything, newStorageKey, withPart } from '../../testing/records.js'
import { isPeculiar } from '../../testing/runtime.js'
import { subtleCalls } from '../../testing/subtle-calls.js'
import { checkInteger } from '../check.js'
import { GroupEpoch, type GroupEpochRecord } from '../index.js'
import { decryptSecrets } from './stored-secrets.js'

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
    [['secrets', 'ciphertext'], 'ciphertext must be a Uint8Array'],
    [['secrets', 'nonce'], 'nonce must be a Uint8Array'],
    [['secrets', 'recordKey'], 'recordKey must be an AES-GCM CryptoKey with the usages encrypt and decrypt'],
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
      const record = withPart(plain, ['secrets', 'senderAuthDataSecret'], key)
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
    const wanted = 'storageKey must be an AES-GCM CryptoKey with the usages encrypt and decrypt'
    expect((await expectCode(fromAnything(sealed, { storageKey: 'x' }), 'invalid-input')).message).toBe(
      wanted,
    )
    const { message } = await expectCode(fromAnything(plain, { storageKey }), 'storage')
    expect(message).toBe('a storageKey was given for a record without one')
  })

  test('secrets that decrypt to something else', async () => {
    const [nonce, binding] = [new Uint8Array(12), new Uint8Array(1)]
    const parameters = { name: 'AES-GCM', iv: nonce, additionalData: binding }
    const encrypted = await crypto.subtle.encrypt(parameters, storageKey, Uint8Array.of(1))
    const stored = { ciphertext: new Uint8Array(encrypted), nonce, recordKey: undefined }
    const { message } = await expectCode(decryptSecrets(stored, storageKey, binding), 'storage')
    expect(message).toBe('stored secrets: truncated: 1 byte(s) wanted at offset 1')
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
  const [plaintext] = decrypt.map(({ result }) => result)
  if (!(plaintext instanceof ArrayBuffer)) return expect.fail('nothing was decrypted')
  // Four secrets of 32 bytes, each after its length.
  const left = [...new Uint8Array(plaintext)].filter((byte) => byte !== 0)
  expect(left).toEqual([32, 32, 32, 32])
})

test.skipIf(isPeculiar)(
  'the epoch of a callback has keys in its record that the engine can clone',
  async () => {
    const member = group.as(0)
    const self = { ...member.self, signaturePrivateKey: async () => new Uint8Array() }
    const { secrets } = (await GroupEpoch.create({ ...member, self })).export()
    expect(Object.keys(secrets)).toContain('psk')
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
