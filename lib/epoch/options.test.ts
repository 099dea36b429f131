import { beforeAll, describe, expect, test } from 'vitest'
import type { OracleMember } from '../../tests/oracle/oracle.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { randomGroup } from '../../tests/support/random-group.js'
import { callCount, subtleCalls } from '../../tests/support/subtle-calls.js'
import { GroupEpoch, type TargetedMessageErrorCode } from '../index.js'

/** What no field of the options is; a Proxy that throws at every touch would be malice, not a mistake. */
const nonsense: [name: string, value: unknown][] = [
  ['null', null],
  ['a string', '1'],
  ['an empty string', ''],
  ['NaN', Number.NaN],
  ['a symbol', Symbol('1')],
  ['a function', () => 1],
  ['an object', {}],
  ['an object without a prototype', Object.create(null)],
  ['an array', [1]],
  ['an array of null', [null]],
  ['an ArrayBuffer', new ArrayBuffer(32)],
  ['a Uint16Array', new Uint16Array(16)],
  ['true', true],
]

const create = (options: unknown): Promise<GroupEpoch> =>
  Reflect.apply(GroupEpoch.create, GroupEpoch, [options])

/** What no option alone is to blame for; the engine's own error is the cause. */
const usage = /an option is missing or has the wrong type/

let member: OracleMember
beforeAll(async () => {
  const { revision, cipherSuite, groupId, epoch, groupContext, exporterSecret, members, self } = (
    await randomGroup({ revision: '00' })
  ).as(0)
  member = { revision, cipherSuite, groupId, epoch, groupContext, exporterSecret, members, self }
})

describe('create refuses, and says what to mend', () => {
  test.each<[field: string, value: unknown, code: TargetedMessageErrorCode, message: RegExp]>([
    ['revision', '03', 'invalid-input', /revision must be '00', '01' or '02', not 03/],
    ['revision', 0, 'invalid-input', /revision must be/],
    ['revision', 'toString', 'invalid-input', /revision must be/],
    ['cipherSuite', 0, 'unsupported-cipher-suite', /^cipher suite \S+ is not built in: see mls/],
    ['cipherSuite', 8, 'unsupported-cipher-suite', /^cipher suite \S+ is not built in: see mls/],
    ['cipherSuite', 1.5, 'unsupported-cipher-suite', /^cipher suite \S+ is not built in: see mls/],
    ['cipherSuite', '1', 'unsupported-cipher-suite', /^cipher suite \S+ is not built in: see mls/],
    ['cipherSuite', [1], 'invalid-input', /^id of cipherSuite must be an integer/],
    ['cipherSuite', {}, 'invalid-input', /^id of cipherSuite must be an integer/],
    ['cipherSuite', undefined, 'unsupported-cipher-suite', /^cipher suite \S+ is not built in: see mls/],
    ['groupId', undefined, 'invalid-input', /groupId must be a Uint8Array/],
    ['groupId', 'a group', 'invalid-input', /groupId must be a Uint8Array/],
    ['epoch', 7, 'invalid-input', /epoch must be a bigint/],
    ['epoch', -1n, 'invalid-input', /epoch must be a bigint that fits into a uint64, not -1/],
    ['epoch', 2n ** 64n, 'invalid-input', /epoch must be a bigint/],
    ['epoch', undefined, 'invalid-input', /epoch must be a bigint/],
    ['groupContext', undefined, 'invalid-input', /revision 00 needs groupContext/],
    ['groupContext', null, 'invalid-input', /groupContext/],
    ['groupContext', {}, 'invalid-input', /groupContext must be a Uint8Array/],
    ['members', [], 'invalid-input', /members has no leaf 0, which is self.leafIndex/],
    ['members', undefined, 'invalid-input', usage],
    ['exporterSecret', undefined, 'invalid-input', /give one of exporterSecret and exporter, and not both/],
    ['self', undefined, 'invalid-input', usage],
    ['self', null, 'invalid-input', usage],
    ['self', {}, 'invalid-input', /self.leafIndex must be an integer/],
    ['maxMessageLength', 0, 'invalid-input', /maxMessageLength must be an integer from 1 to \d+, not 0/],
    ['maxMessageLength', -5, 'invalid-input', /maxMessageLength must be an integer from 1/],
    ['maxMessageLength', 1.5, 'invalid-input', /maxMessageLength must be an integer from 1/],
    ['maxMessageLength', '1000', 'invalid-input', /maxMessageLength must be an integer from 1/],
  ])('%s: %o', async (field, value, code, message) => {
    const creating = () => create({ ...member, [field]: value })
    expect((await expectCode(creating, code)).message).toMatch(message)
    // Whatever is wrong with public data is found before a key is touched.
    if (field !== 'exporterSecret') expect(callCount(await subtleCalls(creating))).toBe(0)
  })

  test.each([-1, 2 ** 32, 1.5, '0', 0n, null, Number.NaN])('self.leafIndex: %s', async (leafIndex) => {
    const { message } = await expectCode(
      create({ ...member, self: { ...member.self, leafIndex } }),
      'invalid-input',
    )
    expect(message).toMatch(/self.leafIndex must be an integer from 0 to 4294967295/)
  })

  test('self at a leaf that is blank', async () => {
    const creating = create({ ...member, self: { ...member.self, leafIndex: 9 } })
    expect((await expectCode(creating, 'invalid-input')).message).toMatch(/members has no leaf 9/)
  })

  test('bytes whose buffer was transferred', async () => {
    const gone = new Uint8Array(32)
    structuredClone(gone, { transfer: [gone.buffer] })
    await expectCode(create({ ...member, exporterSecret: gone }), 'invalid-input')
    for (const field of ['groupId', 'groupContext']) {
      const { message } = await expectCode(create({ ...member, [field]: gone }), 'invalid-input')
      expect(message).toMatch(field)
    }
    const self = { ...member.self, encryptionPrivateKey: gone }
    await expectCode(create({ ...member, self }), 'invalid-input')
  })
})

describe.each(nonsense)('nothing but a TargetedMessageError leaves create: %s', (_, value) => {
  const refused = async (options: unknown) => {
    const result = await create(options).catch((error: unknown) => error)
    expect(result).toHaveProperty('name', 'TargetedMessageError')
    expect(result).toHaveProperty('code', expect.stringMatching(/^(invalid-input|unsupported-cipher-suite)$/))
  }

  test('as the options', () => refused(value))

  test('as a field', async () => {
    // null is taken for "not given" where undefined is.
    const optional = value === null ? ['revision', 'maxMessageLength'] : []
    const fields = [...Object.keys(member), 'exporter', 'maxMessageLength']
    for (const field of fields.filter(
      (name) => !optional.includes(name) && (name !== 'exporter' || value !== null),
    )) {
      await refused({ ...member, [field]: value })
    }
  })

  test('as a field of self, where a function may be given to sign', async () => {
    for (const field of Object.keys(member.self)) {
      if (field === 'signaturePrivateKey' && typeof value === 'function') continue
      if (['leafIndex', 'encryptionPrivateKey', 'signaturePrivateKey'].includes(field)) {
        await refused({ ...member, self: { ...member.self, [field]: value } })
      }
    }
  })
})

test('no options at all', async () => {
  await expectCode(create(undefined), 'invalid-input')
})
