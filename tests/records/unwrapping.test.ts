import { beforeAll, describe, expect, test, vi } from 'vitest'
import { GroupEpoch } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { type RandomGroup, randomGroup } from '../support/random-group.js'
import { expectToWork } from '../support/round-trip.js'
import { isPeculiar } from '../support/runtime.js'
import { subtleCalls } from '../support/subtle-calls.js'

let group: RandomGroup
beforeAll(async () => {
  group = await randomGroup({ revision: '00', cipherSuite: 2 })
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

  test('is asked to do what it may, and nothing else', async () => {
    const plain = await create(['encrypt', 'decrypt'])
    const unwrapping = await create(['encrypt', 'unwrapKey'])
    const { unwrapKey } = await subtleCalls(() => GroupEpoch.from(plain.record, { storageKey: plain.key }))
    expect(unwrapKey).toEqual([])
    const wrong = { storageKey: unwrapping.key }
    const { decrypt } = await subtleCalls(() => GroupEpoch.from(plain.record, wrong))
    // @peculiar/webcrypto unwraps by its own decrypt, which the page sees.
    if (!isPeculiar) expect(decrypt).toEqual([])
    await expectCode(GroupEpoch.from(plain.record, wrong), 'storage')
  })

  test('another key is `storage`', async () => {
    const { record } = await create(['encrypt', 'unwrapKey'])
    const { key } = await create(['encrypt', 'unwrapKey'])
    await expectCode(GroupEpoch.from(record, { storageKey: key }), 'storage')
  })
})
