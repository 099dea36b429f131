import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { GroupEpoch, type GroupEpochRecord, TargetedMessageError } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { randomGroup } from '../support/random-group.js'
import { fromAnything, isCryptoKey, newStorageKey, withPart } from '../support/records.js'

let storageKey: CryptoKey
let plain: GroupEpochRecord
let sealed: GroupEpochRecord
beforeAll(async () => {
  const group = await randomGroup({ revision: '00', cipherSuite: 2, leafIndices: [0, 3, 5] })
  storageKey = await newStorageKey()
  plain = (await GroupEpoch.create(group.as(0))).export()
  sealed = (await GroupEpoch.create({ ...group.as(0), storageKey })).export()
})

const records = (): [record: GroupEpochRecord, options: object][] => [
  [plain, {}],
  [sealed, { storageKey }],
]

/** Every place in a record. */
const pathsOf = (record: GroupEpochRecord): string[][] => [
  ...Object.keys(record).map((name) => [name]),
  ...Object.keys(record.members).map((name) => ['members', name]),
  ...Object.entries(record.secrets).flatMap(([name, secret]) => [
    ['secrets', name],
    ...Object.keys(isCryptoKey(secret) ? {} : (secret ?? {})).map((part) => ['secrets', name, part]),
  ]),
]

const three = () => new Uint8Array(3)
const wrong: unknown[] = [
  undefined,
  null,
  true,
  7,
  -1,
  1.5,
  Number.NaN,
  'x',
  '00 ',
  5n,
  -1n,
  2n ** 64n,
  {},
  [],
  [0, 3, 5],
  ['00'],
  Symbol('x'),
  () => 0,
  three(),
  new ArrayBuffer(3),
  new DataView(new ArrayBuffer(3)),
  Uint16Array.of(0, 3, 5),
  new Date(0),
  { length: 2 ** 50 },
]

/** What another record could hold there, so that nobody can tell; a lost recordKey or callback is for later. */
const plausible: Record<string, unknown[]> = {
  epoch: [5n],
  maxMessageLength: [7],
  groupId: [three()],
  groupContext: [three()],
  'members.supporting': [three()],
  'secrets.signaturePrivateKey': [undefined],
  'secrets.recordKey': [undefined],
  ...Object.fromEntries(
    ['psk', 'senderAuthDataSecret', 'encryptionPrivateKey', 'signaturePrivateKey'].map((name) => [
      `secrets.${name}.ciphertext`,
      [three()],
    ]),
  ),
}

test('what is no record at all', async () => {
  for (const value of [...wrong, plain.secrets, plain.members, [plain], new Map(Object.entries(plain))]) {
    await expectCode(fromAnything(value), 'invalid-input')
    await expectCode(fromAnything(value, { storageKey }), 'invalid-input')
  }
})

test('an unknown version', async () => {
  for (const version of [0, 1, 3, '2', 2n, [2], undefined]) {
    const { message } = await expectCode(fromAnything({ ...plain, version }), 'invalid-input')
    expect(message).toMatch(/^the record has version .*, and this library reads version 2$/)
  }
})

test('anything wrong in any place', async () => {
  for (const [record, options] of records()) {
    for (const path of pathsOf(record)) {
      const known = plausible[path.join('.')] ?? []
      for (const value of wrong) {
        if (known.some((one) => one === value || (one instanceof Uint8Array && value instanceof Uint8Array)))
          continue
        const printable = typeof value !== 'symbol' && value !== 7
        const code = path[0] === 'cipherSuite' && printable ? 'unsupported-cipher-suite' : 'invalid-input'
        await expectCode(fromAnything(withPart(record, path, value), options), code)
      }
    }
  }
})

test('a part that is missing', async () => {
  for (const [record, options] of records()) {
    for (const path of pathsOf(record)) {
      if (['signaturePrivateKey', 'recordKey'].includes(path[1] ?? '')) continue
      const damaged = structuredCloneOfShape(record)
      const parent = path.slice(0, -1).reduce<object>((part, name) => Reflect.get(part, name), damaged)
      Reflect.deleteProperty(parent, path.at(-1) ?? '')
      const code = path[0] === 'cipherSuite' ? 'unsupported-cipher-suite' : 'invalid-input'
      await expectCode(fromAnything(damaged, options), code)
    }
  }
})

/** New objects with the same values in them. */
const structuredCloneOfShape = (record: GroupEpochRecord): object => ({
  ...record,
  members: { ...record.members },
  secrets: Object.fromEntries(
    Object.entries(record.secrets).map(([name, secret]) => [name, secret && { ...secret }]),
  ),
})

describe('members', () => {
  test.each([
    ['descending', [5, 3, 0]],
    ['twice the same', [0, 3, 3]],
    ['not ascending at the end', [0, 5, 3]],
    ['without the own leaf', [1, 3, 5]],
    ['fewer leaves than keys', [0, 3]],
    ['more leaves than keys', [0, 3, 5, 7]],
    ['none', []],
  ])('%s', async (_, leaves) => {
    for (const [record, options] of records()) {
      const leafIndices = Uint32Array.from(leaves)
      const damaged = { ...record, members: { ...record.members, leafIndices } }
      await expectCode(fromAnything(damaged, options), 'invalid-input')
    }
  })

  test.each(['encryptionKeys', 'signatureKeys', 'supporting'] as const)(
    '%s of another length',
    async (name) => {
      for (const [record, options] of records()) {
        const keys = record.members[name]
        const lengths = [0, keys.length / 3, keys.length - 1, keys.length + 1, 2 * keys.length]
        for (const length of lengths) {
          const other = new Uint8Array(length)
          other.set(keys.subarray(0, length))
          const damaged = { ...record, members: { ...record.members, [name]: other } }
          await expectCode(fromAnything(damaged, options), 'invalid-input')
        }
      }
    },
  )
})

test('properties: whatever is in it, nothing but the errors of this library comes out', async () => {
  const value = fc.oneof(
    fc.constantFrom(...wrong),
    fc.anything({ withBigInt: true, withDate: true, withTypedArray: true, withNullPrototype: true }),
  )
  const changes = fc.array(fc.tuple(fc.nat(), value), { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(fc.nat(1), changes, async (which, list) => {
      const [record, options] = records()[which] ?? [plain, {}]
      const paths = pathsOf(record)
      const damaged = list.reduce<object>(
        (now, [n, part]) => withPart(now, paths[n % paths.length] ?? [], part),
        record,
      )
      const result: unknown = await fromAnything(damaged, options).catch((error: unknown) => error)
      if (result instanceof GroupEpoch) return
      expect(result).toBeInstanceOf(TargetedMessageError)
      expect(['invalid-input', 'unsupported-cipher-suite', 'storage']).toContain(
        Reflect.get(Object(result), 'code'),
      )
    }),
    { numRuns: 500 },
  )
})
