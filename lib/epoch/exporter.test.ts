import { beforeAll, describe, expect, test, vi } from 'vitest'
import { mlsExporter } from '../../tests/oracle/derive.js'
import { type OracleMember, oracleOpen, oracleSeal } from '../../tests/oracle/oracle.js'
import { suiteOf } from '../../tests/oracle/suites.js'
import { text } from '../../tests/oracle/wire.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { randomGroup } from '../../tests/support/random-group.js'
import { runtimeSuites } from '../../tests/support/runtime.js'
import { revisions } from '../../tests/support/suites.js'
import { type Exporter, GroupEpoch } from '../index.js'

const Nh: Record<number, number> = { 1: 32, 2: 32, 3: 32, 5: 64, 7: 48 }

/** What an MLS stack would give. */
const exporterOf =
  ({ cipherSuite, exporterSecret }: OracleMember): Exporter =>
  (label, context, length) =>
    mlsExporter(suiteOf(cipherSuite), exporterSecret, label, context, length)

const createWith = (member: OracleMember, exporter: unknown) =>
  Reflect.apply(GroupEpoch.create, GroupEpoch, [{ ...member, exporterSecret: undefined, exporter }])

describe.each(runtimeSuites)('the exporter as a callback, suite %i', (cipherSuite) => {
  test.each(revisions)(
    'is asked for the two secrets of sections 4 and 5.3, revision %s',
    async (revision) => {
      const group = await randomGroup({ revision, cipherSuite })
      const exporter = vi.fn(exporterOf(group.as(1)))
      const epoch = await createWith(group.as(1), exporter)
      const length = Nh[cipherSuite]
      expect(exporter.mock.calls).toEqual([
        ['targeted message', text('psk'), length],
        ['targeted message', text('sender auth data secret'), length],
      ])

      const applicationData = text('as good as the secret itself')
      const received = await oracleSeal(group.as(0), { recipientLeafIndex: 1, applicationData })
      expect((await epoch.open(received)).applicationData).toEqual(applicationData)
      const sent = await epoch.seal({ recipientLeafIndex: 0, applicationData })
      expect((await oracleOpen(group.as(0), sent)).applicationData).toEqual(applicationData)
      expect(exporter).toHaveBeenCalledTimes(2)
    },
  )
})

describe('an exporter that does not do', () => {
  let member: OracleMember
  beforeAll(async () => {
    member = (await randomGroup()).as(0)
  })

  test('it throws: what it threw is the cause', async () => {
    const failure = new Error('no such epoch')
    const rejected = await expectCode(
      createWith(member, () => Promise.reject(failure)),
      'invalid-input',
    )
    expect(rejected.cause).toBe(failure)
    const thrown = await expectCode(
      createWith(member, () => {
        throw failure
      }),
      'invalid-input',
    )
    expect(thrown.cause).toBe(failure)
    expect(thrown.message).toMatch(/exporter/)
  })

  test.each<[string, unknown, RegExp]>([
    ['too short', new Uint8Array(31), /result of the exporter callback must be 32 bytes long, not 31/],
    ['too long', new Uint8Array(33), /result of the exporter callback must be 32 bytes long, not 33/],
    ['nothing', undefined, /result of the exporter callback must be a Uint8Array/],
    ['hex', '00'.repeat(32), /result of the exporter callback must be a Uint8Array/],
    ['an ArrayBuffer', new ArrayBuffer(32), /result of the exporter callback must be a Uint8Array/],
  ])('it gives %s', async (_, result, message) => {
    const error = await expectCode(
      createWith(member, async () => result),
      'invalid-input',
    )
    expect(error.message).toMatch(message)
  })

  test.each<[unknown]>([['psk'], [{}], [new Uint8Array(32)], [7]])(
    'it is no function: %o',
    async (exporter) => {
      expect((await expectCode(createWith(member, exporter), 'invalid-input')).message).toMatch(/exporter/)
    },
  )

  test('both, or neither', async () => {
    const message = /give one of exporterSecret and exporter, and not both/
    const both = GroupEpoch.create({ ...member, exporter: exporterOf(member) })
    expect((await expectCode(both, 'invalid-input')).message).toMatch(message)
    expect((await expectCode(createWith(member, undefined), 'invalid-input')).message).toMatch(message)
  })

  test.each([0, 31, 33, 64])('exporterSecret of %i bytes', async (length) => {
    const created = GroupEpoch.create({ ...member, exporterSecret: new Uint8Array(length) })
    expect((await expectCode(created, 'invalid-input')).message).toMatch(`32 bytes long, not ${length}`)
  })

  test('what it gives stays as it is', async () => {
    const given: Uint8Array[] = []
    await createWith(member, async (label: string, context: Uint8Array, length: number) => {
      const result = await exporterOf(member)(label, context, length)
      given.push(result)
      return result
    })
    expect(given).toHaveLength(2)
    for (const result of given) expect(result.some((byte) => byte !== 0)).toBe(true)
  })
})
