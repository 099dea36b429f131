import { describe, expect, test } from 'vitest'
import { GroupEpoch, Inbox } from '../../lib/index.js'
import { text } from '../oracle/wire.js'
import { expectCode } from '../support/expect-code.js'
import {
  addMember,
  advanceEpoch,
  createMlsGroup,
  leafIndexOf,
  type MlsGroup,
  oracleMember,
  removeMember,
  stateOf,
  type TsMls1State,
  tsMls1,
} from '../support/groups/groups.js'
import { onNodeCrypto } from '../support/node-crypto.js'

type Group = MlsGroup<TsMls1State>

const epochOf = (group: Group, name: string): Promise<GroupEpoch> =>
  GroupEpoch.create(oracleMember(stateOf(group, name), group.cipherSuite, '00'))

async function sealTo(group: Group, from: string, to: string): Promise<Uint8Array> {
  const epoch = await epochOf(group, from)
  const applicationData = text(`${from} in ${group.epoch}`)
  return epoch.seal({ recipientLeafIndex: leafIndexOf(group, to), applicationData })
}

describe.each([1, 2] as const)('an inbox through the commits of a ts-mls group, suite %i', (cipherSuite) => {
  test('late, early and replayed messages; a member who goes and one who comes', async () => {
    const [first, second, third, fourth] = await onNodeCrypto(async () => {
      const members = ['alice', 'bob', 'carol']
      const first = await createMlsGroup({ stack: tsMls1, cipherSuite, members })
      const second = await advanceEpoch(first, { by: 'bob' })
      const third = await removeMember(second, { by: 'alice', remove: 'carol' })
      return [first, second, third, await addMember(third, { by: 'bob', add: 'dave' })] as const
    })
    const inbox = await Inbox.open({ pastEpochs: 1 })
    const receive = async (message: Uint8Array) => {
      const { applicationData, epoch, senderLeafIndex } = await inbox.receive(message)
      return [new TextDecoder().decode(applicationData), epoch, senderLeafIndex]
    }

    await inbox.enter(await epochOf(first, 'bob'))
    const inFirst = await sealTo(first, 'carol', 'bob')
    const lateInFirst = await sealTo(first, 'alice', 'bob')
    expect(await receive(inFirst)).toEqual([`carol in ${first.epoch}`, first.epoch, 2])

    const inSecond = await sealTo(second, 'carol', 'bob')
    await expectCode(inbox.receive(inSecond), 'epoch-ahead')
    await inbox.enter(await epochOf(second, 'bob'))
    expect(await receive(inSecond)).toEqual([`carol in ${second.epoch}`, second.epoch, 2])
    expect(await receive(lateInFirst)).toEqual([`alice in ${first.epoch}`, first.epoch, 0])
    for (const seen of [inFirst, lateInFirst, inSecond]) await expectCode(inbox.receive(seen), 'replay')

    const lateInSecond = await sealTo(second, 'carol', 'bob')
    await inbox.enter(await epochOf(third, 'bob'))
    await expectCode(inbox.receive(inFirst), 'epoch-expired')
    await expectCode(inbox.receive(await sealTo(first, 'alice', 'bob')), 'epoch-expired')
    expect(await receive(lateInSecond)).toEqual([`carol in ${second.epoch}`, second.epoch, 2])

    await inbox.enter(await epochOf(fourth, 'bob'))
    expect(await receive(await sealTo(fourth, 'dave', 'bob'))).toEqual([
      `dave in ${fourth.epoch}`,
      fourth.epoch,
      leafIndexOf(fourth, 'dave'),
    ])
    await expectCode(inbox.enter(await epochOf(third, 'bob')), 'invalid-input')

    const current = await inbox.current(fourth.groupId)
    const recipientLeafIndex = leafIndexOf(fourth, 'dave')
    const back = await current?.seal({ recipientLeafIndex, applicationData: text('welcome') })
    const dave = await epochOf(fourth, 'dave')
    expect((await dave.open(back ?? new Uint8Array())).applicationData).toEqual(text('welcome'))
  })
})
