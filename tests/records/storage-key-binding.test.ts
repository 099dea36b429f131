import { beforeAll, describe, expect, test } from 'vitest'
import { checkStorageKey } from '../../lib/epoch/secrets.js'
import { GroupEpoch, type GroupEpochRecord } from '../../lib/index.js'
import { nativeSignatures, plugInSignatures } from '../post-quantum/ways.js'
import { expectCode } from '../support/expect-code.js'
import { type RandomGroupOptions, randomBytes, randomGroup } from '../support/random-group.js'
import { fromAnything, newStorageKey } from '../support/records.js'
import { createWithKeys } from '../support/round-trip.js'

describe('encrypted secrets belong to one epoch, as it was when they were encrypted', () => {
  let storageKey: CryptoKey
  beforeAll(async () => {
    storageKey = await newStorageKey()
  })

  const recordOf = async (options: RandomGroupOptions = {}, leafIndex = 0): Promise<GroupEpochRecord> =>
    (await GroupEpoch.create({ ...(await randomGroup(options)).as(leafIndex), storageKey })).export()

  /** The records that two records are with the other's `fields`. */
  const swapped = (a: GroupEpochRecord, b: GroupEpochRecord, fields: (keyof GroupEpochRecord)[]) =>
    [
      [a, b],
      [b, a],
    ].map(([to, from]) => ({
      ...a,
      ...to,
      ...Object.fromEntries(fields.map((name) => [name, from?.[name]])),
    }))

  test.each([
    ['the group id', ['groupId'], {}, {}],
    ['the group id, empty', ['groupId'], {}, { groupId: new Uint8Array() }],
    ['the epoch', ['epoch'], {}, { epoch: 8n }],
    ['the secrets, for another group', ['secrets'], {}, {}],
    ['the secrets, for another epoch', ['secrets'], {}, { epoch: 8n }],
    ['the suite, with keys of the same form', ['cipherSuite'], { cipherSuite: 1 }, { cipherSuite: 3 }],
  ] as const)('swapped: %s', async (_, fields, first, second) => {
    // This engine may not run suite 3; whoever swaps the number does not mind.
    const a = await recordOf(first)
    const b =
      'cipherSuite' in second ? { ...a, cipherSuite: second.cipherSuite } : await recordOf({ ...second })
    for (const record of swapped(a, b, [...fields])) {
      if (record.cipherSuite === a.cipherSuite && 'cipherSuite' in second) continue
      await expectCode(GroupEpoch.from(record, { storageKey }), 'storage')
    }
  })

  test('swapped: the suite, with keys of another form', async () => {
    const records = swapped(await recordOf({ cipherSuite: 1 }), await recordOf({ cipherSuite: 2 }), [
      'cipherSuite',
    ])
    for (const record of records) await expectCode(GroupEpoch.from(record, { storageKey }), 'invalid-input')
  })

  test('swapped: the leaf, of two members with one storageKey', async () => {
    const group = await randomGroup()
    const [a, b] = await Promise.all(
      [0, 1].map(async (leaf) => (await GroupEpoch.create({ ...group.as(leaf), storageKey })).export()),
    )
    if (!a || !b) return expect.fail('no records')
    for (const record of [...swapped(a, b, ['leafIndex']), ...swapped(a, b, ['secrets'])]) {
      await expectCode(GroupEpoch.from(record, { storageKey }), 'storage')
    }
  })

  test('a group id and an epoch that are the same bytes together are not the same', async () => {
    const groupId = randomBytes(8)
    const a = await recordOf({ groupId, epoch: 0n })
    const record = { ...a, groupId: new Uint8Array([...groupId, 0]) }
    await expectCode(GroupEpoch.from(record, { storageKey }), 'storage')
  })

  test.each(['signatureKeys', 'encryptionKeys', 'leafIndices', 'supporting'] as const)(
    'on the disk, other %s',
    async (name) => {
      const a = await recordOf()
      const array = a.members[name].slice()
      // The last member's: the own keys are the first ones.
      array[array.length - 1] = (array.at(-1) ?? 0) + 1
      const record = { ...a, members: { ...a.members, [name]: array } }
      await expectCode(GroupEpoch.from(record, { storageKey }), 'storage')
    },
  )

  test('on the disk, another revision', async () => {
    await expectCode(GroupEpoch.from({ ...(await recordOf()), revision: '01' }, { storageKey }), 'storage')
  })

  test('on the disk, another maxMessageLength', async () => {
    const record = { ...(await recordOf()), maxMessageLength: 2 ** 53 - 1 }
    await expectCode(GroupEpoch.from(record, { storageKey }), 'storage')
  })

  test('a record in the clear is refused with a storageKey', async () => {
    const record = (await GroupEpoch.create((await randomGroup()).as(0))).export()
    await expectCode(GroupEpoch.from(record, { storageKey }), 'storage')
  })
})

test("a storageKey that only unwraps is none for a plug-in's signature key", async () => {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'unwrapKey',
  ])
  const kinds = [nativeSignatures['ML-DSA-44'], plugInSignatures['ML-DSA-44']]
  const error = await expectCode(() => checkStorageKey(key, kinds), 'invalid-input')
  expect(error.message).toBe(
    'storageKey must be an AES-GCM CryptoKey with the usage encrypt, and with decrypt',
  )
  checkStorageKey(await newStorageKey(), kinds)
  checkStorageKey(key, kinds.slice(0, 1))
})

describe('what is no storageKey', () => {
  const notStorageKeys: [name: string, make: () => Promise<unknown>][] = [
    ['an HMAC key', () => generate({ name: 'HMAC', hash: 'SHA-256' }, ['sign'])],
    ['an AES-CBC key', () => generate({ name: 'AES-CBC', length: 256 }, ['encrypt', 'decrypt'])],
    ['an AES-GCM key that only encrypts', () => generate({ name: 'AES-GCM', length: 256 }, ['encrypt'])],
    ['an AES-GCM key that only decrypts', () => generate({ name: 'AES-GCM', length: 256 }, ['decrypt'])],
    ['an AES-GCM key that wraps', () => generate({ name: 'AES-GCM', length: 256 }, ['wrapKey', 'unwrapKey'])],
    ['bytes', async () => randomBytes(32)],
    ['text', async () => 'a passphrase'],
    ['a number', async () => 7],
    ['an object', async () => ({})],
    ['true', async () => true],
    [
      'an object that looks like one',
      async () => ({ algorithm: { name: 'AES-GCM' }, usages: ['encrypt', 'decrypt'] }),
    ],
  ]
  const generate = (algorithm: AesKeyGenParams | HmacKeyGenParams, usages: KeyUsage[]) =>
    crypto.subtle.generateKey(algorithm, false, usages)

  test.each(notStorageKeys)('%s', async (_, make) => {
    const group = await randomGroup()
    const { encryptionPrivateKey, signaturePrivateKey } = group.as(0).self
    const wrong = { storageKey: await make() }
    const creating = createWithKeys({ ...group.as(0), ...wrong }, encryptionPrivateKey, signaturePrivateKey)
    await expectCode(creating, 'invalid-input')
    const storageKey = await newStorageKey()
    const plain = (await GroupEpoch.create(group.as(0))).export()
    const sealed = (await GroupEpoch.create({ ...group.as(0), storageKey })).export()
    for (const record of [plain, sealed]) await expectCode(fromAnything(record, wrong), 'invalid-input')
  })
})
