import { encodeGroupContext } from 'ts-mls/groupContext.js'
import { describe, expect, test } from 'vitest'
import { oracleOpen, oracleSeal } from '../../oracle/oracle.js'
import { text } from '../../oracle/wire.js'
import { hex } from '../hex.js'
import {
  addMember,
  advanceEpoch,
  createMlsGroup,
  groupCipherSuites,
  leafIndexOf,
  leavesOf,
  type MlsGroup,
  type MlsStack,
  type MlsState,
  oracleMember,
  removeMember,
  serializeGroupContext,
  stateOf,
  tsMls1,
  tsMls2,
} from './groups.js'

const members = ['alice', 'bob', 'carol', 'dave']

/** Exporter secrets and group contexts, each once: one line when everybody agrees. */
function agreed<State extends MlsState>(group: MlsGroup<State>): Set<string> {
  return new Set(
    Array.from(
      group.states.values(),
      (state) =>
        `${hex(state.keySchedule.exporterSecret)} ${hex(serializeGroupContext(state, group.cipherSuite))}`,
    ),
  )
}

function leafIndices<State extends MlsState>(group: MlsGroup<State>, name: string): number[] {
  return leavesOf(stateOf(group, name), group.cipherSuite).map(({ leafIndex }) => leafIndex)
}

function suite<State extends MlsState>(stack: MlsStack<State>): void {
  for (const cipherSuite of groupCipherSuites) {
    describe(`${stack.name}, cipher suite ${cipherSuite}`, () => {
      test('members share each epoch, and an epoch outlives the next', { timeout: 60_000 }, async () => {
        const one = await createMlsGroup({ stack, cipherSuite, members })
        expect(one.epoch).toBe(1n)
        expect([...one.states.keys()]).toEqual(members)
        expect(members.map((name) => leafIndexOf(one, name))).toEqual([0, 1, 2, 3])
        expect(agreed(one).size).toBe(1)

        const before = structuredClone(
          members.map((name) => oracleMember(stateOf(one, name), cipherSuite, '00')),
        )
        const two = await advanceEpoch(one, { by: 'carol' })
        expect(two.epoch).toBe(2n)
        expect(two.groupId).toEqual(one.groupId)
        expect(agreed(two).size).toBe(1)
        expect(agreed(two)).not.toEqual(agreed(one))

        const three = await removeMember(two, { by: 'dave', remove: 'bob' })
        expect([...three.states.keys()]).toEqual(['alice', 'carol', 'dave'])
        expect(agreed(three).size).toBe(1)
        for (const name of three.states.keys()) expect(leafIndices(three, name)).toEqual([0, 2, 3])
        expect(stateOf(three, 'alice').ratchetTree[2]).toBeUndefined()

        const four = await addMember(three, { by: 'alice', add: 'erin' })
        expect(four.epoch).toBe(4n)
        expect(agreed(four).size).toBe(1)
        expect(leafIndexOf(four, 'erin')).toBe(1)
        for (const name of four.states.keys()) expect(leafIndices(four, name)).toEqual([0, 1, 2, 3])

        expect(members.map((name) => oracleMember(stateOf(one, name), cipherSuite, '00'))).toEqual(before)
        for (const group of [one, two, three, four]) await exchange(group)
      })
    })
  }

  test(`${stack.name}: a group of one, and of a given id`, async () => {
    const groupId = text('chosen')
    const group = await createMlsGroup({ stack, cipherSuite: 1, members: ['alice'], groupId })
    expect([group.epoch, group.groupId]).toEqual([0n, groupId])
    await expect(createMlsGroup({ stack, cipherSuite: 1, members: [] })).rejects.toThrow('at least one')
    await expect(addMember(group, { by: 'alice', add: 'alice' })).rejects.toThrow('member already')
    await expect(advanceEpoch(group, { by: 'bob' })).rejects.toThrow('not a member')
  })
}

/** The keys of a state belong together: everybody gets a message of the oracle's from the next member. */
async function exchange<State extends MlsState>(group: MlsGroup<State>): Promise<void> {
  const states = [...group.states.values()]
  for (const [index, state] of states.entries()) {
    const sender = oracleMember(states[(index + 1) % states.length] ?? state, group.cipherSuite, '00')
    const recipient = oracleMember(state, group.cipherSuite, '00')
    const applicationData = text(`epoch ${group.epoch}`)
    const recipientLeafIndex = recipient.self.leafIndex
    const opened = await oracleOpen(
      recipient,
      await oracleSeal(sender, { recipientLeafIndex, applicationData }),
    )
    expect(opened.senderLeafIndex).toBe(sender.self.leafIndex)
    expect(opened.applicationData).toEqual(applicationData)
  }
}

suite(tsMls1)
suite(tsMls2)

test('the group context is serialized as ts-mls does', async () => {
  const group = await createMlsGroup({ stack: tsMls1, cipherSuite: 2, members })
  const state = stateOf(group, 'bob')
  expect(serializeGroupContext(state, 2)).toEqual(encodeGroupContext(state.groupContext))
})
