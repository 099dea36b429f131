import { describe, expect, test } from 'vitest'
import { GroupEpoch, Inbox } from '../../lib/index.js'
import { oracleSeal } from '../oracle/oracle.js'
import { text } from '../oracle/wire.js'
import { expectCode } from '../support/expect-code.js'
import { randomBytes, randomGroup } from '../support/random-group.js'
import { revisions } from '../support/suites.js'

/** Leaf 0's message to leaf 1, in the revision of its epoch. */
const seal = (group: Awaited<ReturnType<typeof randomGroup>>, content: string) =>
  oracleSeal(group.as(0), { recipientLeafIndex: 1, applicationData: text(content) })

describe('a group that moves to another revision', () => {
  test('each epoch of an inbox has its own, and late messages open as they were sealed', async () => {
    const groupId = randomBytes(16)
    const epochs = await Promise.all(
      revisions.map((revision, i) => randomGroup({ revision, groupId, epoch: BigInt(i) })),
    )
    const inbox = await Inbox.open({ pastEpochs: 2 })
    for (const epoch of epochs) await inbox.enter(await GroupEpoch.create(epoch.as(1)))
    for (const epoch of epochs) {
      const message = await seal(epoch, 'hello')
      expect(await inbox.receive(message)).toHaveProperty('applicationData', text('hello'))
      await expectCode(inbox.receive(message), 'replay')
    }
  })

  test('of two inboxes with one epoch in two revisions, one opens a message', async () => {
    const group = await randomGroup({ revision: '00' })
    const inboxes = await Promise.all(
      revisions.map(async (revision) => {
        const inbox = await Inbox.open()
        await inbox.enter(await GroupEpoch.create({ ...group.as(1), revision }))
        return inbox
      }),
    )
    const message = await seal(group, 'hello')
    const outcomes = await Promise.allSettled(inboxes.map((inbox) => inbox.receive(message)))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  })
})
