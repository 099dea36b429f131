import { beforeAll, describe, expect, test, vi } from 'vitest'
import { GroupEpoch, Inbox, type SealedMessage } from '../../lib/index.js'
import { oracleOpen } from '../oracle/oracle.js'
import { text } from '../oracle/wire.js'
import { expectCode } from '../support/expect-code.js'
import { cryptoKeysOf } from '../support/member-crypto-keys.js'
import { type RandomGroup, randomGroup } from '../support/random-group.js'
import { createWithKeys } from '../support/round-trip.js'
import { callCount, subtleCalls } from '../support/subtle-calls.js'
import { revisions } from '../support/suites.js'
import { unhandledRejections } from '../support/unhandled-rejections.js'

const applicationData = text('to each of you')
const recipients = [5, 1, 900, 3, 2, 7, 4]

/** The recipient in a SignContent: after the label, a length of two bytes, the envelope, a group id of 16 and the epoch. */
const recipientOf = (content: Uint8Array<ArrayBuffer>): number =>
  new DataView(content.buffer).getUint32(27 + 2 + 4 + 17 + 8)

async function collect(sealed: AsyncIterable<SealedMessage>, limit = Number.POSITIVE_INFINITY) {
  const messages: SealedMessage[] = []
  for await (const one of sealed) if (messages.push(one) === limit) break
  return messages
}

describe.each(revisions)('sealEach, revision %s', (revision) => {
  let group: RandomGroup
  let alice: GroupEpoch
  let key: CryptoKey
  beforeAll(async () => {
    group = await randomGroup({ revision, leafIndices: [0, ...recipients] })
    alice = await GroupEpoch.create(group.as(0))
    key = (await cryptoKeysOf(group, 0, false))[1]
  })

  /**
   * Alice's epoch with a signature callback that fails for one recipient, and how many calls were under way. None of
   * them ends before `together` have begun.
   */
  async function metered({ failFor, together = 1 }: { failFor?: number; together?: number } = {}) {
    const seen = { calls: 0, active: 0, most: 0 }
    let open = () => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const epoch = await createWithKeys(
      group.as(0),
      group.as(0).self.encryptionPrivateKey,
      async (content: Uint8Array<ArrayBuffer>) => {
        seen.calls++
        seen.most = Math.max(seen.most, ++seen.active)
        if (seen.most >= together) open()
        await gate
        // Time for one too many.
        await new Promise((resolve) => setTimeout(resolve, 5))
        seen.active--
        if (recipientOf(content) === failFor) throw new Error(`no signature for ${failFor}`)
        return new Uint8Array(await crypto.subtle.sign('Ed25519', key, content))
      },
    )
    return { epoch, seen }
  }

  test('each recipient opens its own message, in the order of the recipients', async () => {
    const recipientLeafIndices = new Set(recipients)
    const sealed = await collect(alice.sealEach({ recipientLeafIndices, applicationData, padding: 5 }))
    expect(sealed.map(({ recipientLeafIndex }) => recipientLeafIndex)).toEqual(recipients)
    for (const { recipientLeafIndex, message } of sealed) {
      const opened = await oracleOpen(group.as(recipientLeafIndex), message)
      expect(opened).toMatchObject({ senderLeafIndex: 0, applicationData, paddingLength: 5 })
    }
  })

  test.each([1, 2, 3, 100])('%i at a time', async (concurrency) => {
    const together = Math.min(concurrency, recipients.length)
    const { epoch, seen } = await metered({ together })
    const sealed = await collect(
      epoch.sealEach({ recipientLeafIndices: recipients, applicationData, concurrency }),
    )
    expect(sealed).toHaveLength(recipients.length)
    expect(seen.most).toBe(together)
  })

  test('8 at a time unless given', async () => {
    const { epoch, seen } = await metered({ together: 8 })
    const recipientLeafIndices = [...recipients, ...recipients]
    await collect(epoch.sealEach({ recipientLeafIndices, applicationData }))
    expect(seen).toEqual({ calls: 14, active: 0, most: 8 })
  })

  test('a caller who stops early leaves nothing behind', async () => {
    const { epoch, seen } = await metered({ failFor: 3 })
    const action = async () => {
      const options = { recipientLeafIndices: recipients, applicationData, concurrency: 3 }
      expect(await collect(epoch.sealEach(options), 2)).toHaveLength(2)
    }
    expect(await unhandledRejections(action)).toEqual([])
    expect(seen.calls).toBeLessThanOrEqual(4)
  })

  test('a failure in the middle: the earlier ones are given, then the error', async () => {
    const { epoch } = await metered({ failFor: 3 })
    const given: number[] = []
    const action = async () => {
      const sealing = async () => {
        const options = { recipientLeafIndices: recipients, applicationData, concurrency: 3 }
        for await (const { recipientLeafIndex } of epoch.sealEach(options)) given.push(recipientLeafIndex)
      }
      const { message } = await expectCode(sealing, 'invalid-input')
      expect(message).toMatch(/signaturePrivateKey callback failed/)
    }
    expect(await unhandledRejections(action)).toEqual([])
    expect(given).toEqual(recipients.slice(0, 3))
  })

  test.each([
    ['blank', [1, 2, 6], 'recipient-not-in-group'],
    ['oneself', [1, 2, 0], 'invalid-input'],
    ['no leaf index', [1, 2, -1], 'invalid-input'],
  ] as const)('a recipient that is %s is refused before the first is sealed to', async (_, bad, code) => {
    const sealing = () => collect(alice.sealEach({ recipientLeafIndices: bad, applicationData }))
    expect(callCount(await subtleCalls(sealing))).toBe(0)
    await expectCode(sealing, code)
  })

  describe('onLeftOut', () => {
    const supporting = [5, 900, 2]
    let epoch: GroupEpoch
    beforeAll(async () => {
      const members = group.members.map((member) => ({
        ...member,
        // Some say no, some say nothing.
        supportsTargetedMessages: supporting.includes(member.leafIndex)
          ? true
          : member.leafIndex > 3
            ? false
            : undefined,
      }))
      epoch = await GroupEpoch.create({ ...group.as(0), members })
    })

    test('leaves out who does not support targeted messages, and says whom', async () => {
      const leftOut: number[] = []
      const onLeftOut = (leafIndex: number) => leftOut.push(leafIndex)
      const sealing = epoch.sealEach({ recipientLeafIndices: recipients, applicationData, onLeftOut })
      // Before the first message is asked for.
      expect(leftOut).toEqual([1, 3, 7, 4])
      const sealed = await collect(sealing)
      expect(sealed.map(({ recipientLeafIndex }) => recipientLeafIndex)).toEqual(supporting)
      expect(leftOut).toEqual([1, 3, 7, 4])
      for (const { recipientLeafIndex, message } of sealed) {
        expect(await oracleOpen(group.as(recipientLeafIndex), message)).toMatchObject({ applicationData })
      }
    })

    test('without it, nobody is left out', async () => {
      const sealed = await collect(epoch.sealEach({ recipientLeafIndices: recipients, applicationData }))
      expect(sealed.map(({ recipientLeafIndex }) => recipientLeafIndex)).toEqual(recipients)
    })

    test('an epoch from a record, and one from an inbox, leave out the same', async () => {
      const inbox = await Inbox.open()
      await inbox.enter(epoch)
      for (const same of [await GroupEpoch.from(epoch.export()), await inbox.current(epoch.groupId)]) {
        const onLeftOut = vi.fn()
        const options = { recipientLeafIndices: [1, 2, 900], applicationData, onLeftOut }
        const sealed = await collect(same?.sealEach(options) ?? expect.fail('no epoch'))
        expect(sealed.map(({ recipientLeafIndex }) => recipientLeafIndex)).toEqual([2, 900])
        expect(onLeftOut.mock.calls).toEqual([[1]])
      }
    })

    test('nobody supports them: no messages', async () => {
      const onLeftOut = vi.fn()
      const options = { recipientLeafIndices: recipients, applicationData, onLeftOut }
      expect(await collect(alice.sealEach(options))).toEqual([])
      expect(onLeftOut.mock.calls).toEqual(recipients.map((leafIndex) => [leafIndex]))
    })

    test('what is wrong with the call is told first', async () => {
      const onLeftOut = vi.fn()
      const wrong = [
        { recipientLeafIndices: [1, 6], applicationData },
        { recipientLeafIndices: [1], applicationData, concurrency: 0 },
        { recipientLeafIndices: [1], applicationData, padding: -1 },
      ]
      for (const options of wrong) {
        await expect(collect(epoch.sealEach({ ...options, onLeftOut }))).rejects.toThrow()
      }
      expect(onLeftOut).not.toHaveBeenCalled()
    })

    test('what it throws is the cause, and no message is sealed', async () => {
      const failure = new Error('no list')
      const onLeftOut = () => {
        throw failure
      }
      const options = { recipientLeafIndices: recipients, applicationData, onLeftOut }
      expect((await expectCode(collect(epoch.sealEach(options)), 'invalid-input')).cause).toBe(failure)
    })
  })

  test('no recipients, no messages', async () => {
    expect(await collect(alice.sealEach({ recipientLeafIndices: [], applicationData }))).toEqual([])
  })

  test('the content is encoded once for all', async () => {
    const padding = vi.fn(() => 3)
    await collect(alice.sealEach({ recipientLeafIndices: recipients, applicationData, padding }))
    expect(padding.mock.calls).toEqual([[applicationData.length + 1]])
  })

  test('content changed after the first message changes none of the later ones', async () => {
    const data = applicationData.slice()
    const sealed: SealedMessage[] = []
    const options = { recipientLeafIndices: recipients, applicationData: data, concurrency: 1 }
    for await (const one of alice.sealEach(options)) {
      sealed.push(one)
      data.fill(0)
    }
    for (const { recipientLeafIndex, message } of sealed) {
      expect(await oracleOpen(group.as(recipientLeafIndex), message)).toMatchObject({ applicationData })
    }
  })
})
