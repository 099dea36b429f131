import { beforeAll, describe, expect, test } from 'vitest'
import { oracleOpen, oracleSeal } from '../../tests/oracle/oracle.js'
import { text } from '../../tests/oracle/wire.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { groupContextBytes1, groupContextBytes2 } from '../../tests/support/groups/group-context.js'
import {
  addMember,
  advanceEpoch,
  createMlsGroup,
  groupCipherSuites,
  leavesOf,
  type MlsGroup,
  type MlsStack,
  type MlsState,
  oracleMember,
  removeMember,
  stateOf,
  type TsMls1State,
  type TsMls2State,
  tsMls1,
  tsMls2,
} from '../../tests/support/groups/groups.js'
import { hex } from '../../tests/support/hex.js'
import { onNodeCrypto } from '../../tests/support/node-crypto.js'
import { runtimeSuites } from '../../tests/support/runtime.js'
import { GroupEpoch } from '../epoch/group-epoch.js'
import { fromTsMls, type TsMlsClientState } from './ts-mls.js'

const members = ['alice', 'bob', 'carol', 'dave']
/** In bytes, by cipher suite: the keys in a leaf, and the private keys that ts-mls keeps. */
const lengths = {
  1: { encryptionKey: 32, signatureKey: 32, encryptionPrivateKey: 32, signaturePrivateKey: 48 },
  2: { encryptionKey: 65, signatureKey: 65, encryptionPrivateKey: 32, signaturePrivateKey: 32 },
  3: { encryptionKey: 32, signatureKey: 32, encryptionPrivateKey: 32, signaturePrivateKey: 48 },
  5: { encryptionKey: 133, signatureKey: 133, encryptionPrivateKey: 66, signaturePrivateKey: 66 },
  7: { encryptionKey: 97, signatureKey: 97, encryptionPrivateKey: 48, signaturePrivateKey: 48 },
} as const

const printable = (leaf: { leafIndex: number; encryptionKey: Uint8Array; signatureKey: Uint8Array }) => [
  leaf.leafIndex,
  hex(leaf.encryptionKey),
  hex(leaf.signatureKey),
]

function suite<State extends MlsState & TsMlsClientState>(
  stack: MlsStack<State>,
  groupContextBytes: (state: State) => Uint8Array,
): void {
  describe.each(groupCipherSuites)(`${stack.name}, cipher suite %i`, (cipherSuite) => {
    let group: MlsGroup<State>
    beforeAll(async () => {
      group = await onNodeCrypto(() => createMlsGroup({ stack, cipherSuite, members }))
    })

    test('what a state holds, as RFC 9420 writes it', async () => {
      for (const [name, state] of group.states) {
        const given = fromTsMls(state)
        expect([given.cipherSuite, given.epoch]).toEqual([cipherSuite, 1n])
        expect(given.groupId).toEqual(group.groupId)
        expect(hex(given.groupContext)).toBe(hex(groupContextBytes(state)))
        expect(given.exporterSecret).toEqual(state.keySchedule.exporterSecret)
        expect(given.members.map(printable)).toEqual(leavesOf(state, cipherSuite).map(printable))
        expect(given.self.leafIndex).toBe(members.indexOf(name))
      }
    })

    test('public keys are raw or uncompressed points; private keys are as ts-mls keeps them', async () => {
      const expected = lengths[cipherSuite]
      const { members: leaves, self } = fromTsMls(stateOf(group, 'bob'))
      expect(leaves).toHaveLength(4)
      for (const { encryptionKey, signatureKey } of leaves) {
        expect(encryptionKey).toHaveLength(expected.encryptionKey)
        expect(signatureKey).toHaveLength(expected.signatureKey)
        if (expected.signatureKey > 32) expect([encryptionKey[0], signatureKey[0]]).toEqual([4, 4])
      }
      expect(self.encryptionPrivateKey).toHaveLength(expected.encryptionPrivateKey)
      expect(self.signaturePrivateKey).toHaveLength(expected.signaturePrivateKey)
    })

    test('a point is uncompressed once, and the state stays as it is', async () => {
      const state = stateOf(group, 'bob')
      const before = structuredClone(state.ratchetTree)
      const keys = () => fromTsMls(state).members.map(({ signatureKey }) => signatureKey)
      const first = keys()
      for (const [i, key] of keys().entries()) expect(key).toBe(first[i])
      expect(state.ratchetTree).toEqual(before)
    })

    test('a blank leaf is no member, until somebody fills it', async () => {
      const without = await onNodeCrypto(() => removeMember(group, { by: 'dave', remove: 'bob' }))
      const given = fromTsMls(stateOf(without, 'carol'))
      expect(given.members.map(({ leafIndex }) => leafIndex)).toEqual([0, 2, 3])
      expect([given.self.leafIndex, given.epoch]).toEqual([2, 2n])
      const filled = await onNodeCrypto(() => addMember(without, { by: 'alice', add: 'erin' }))
      const again = fromTsMls(stateOf(filled, 'erin'))
      expect(again.members.map(({ leafIndex }) => leafIndex)).toEqual([0, 1, 2, 3])
      expect([again.self.leafIndex, again.epoch]).toEqual([1, 3n])
    })

    test('GroupEpoch takes it, in one epoch and the next', async () => {
      const next = await onNodeCrypto(() => advanceEpoch(group, { by: 'carol' }))
      for (const current of [group, next]) {
        const [alice, dave] = [stateOf(current, 'alice'), stateOf(current, 'dave')]
        const creating = GroupEpoch.create(fromTsMls(alice))
        if (!runtimeSuites.includes(cipherSuite)) {
          await expectCode(creating, 'unsupported-cipher-suite')
          continue
        }
        const epoch = await creating
        const oracle = oracleMember(dave, cipherSuite, '00')
        const applicationData = text(`epoch ${current.epoch}`)
        const opened = await oracleOpen(oracle, await epoch.seal({ recipientLeafIndex: 3, applicationData }))
        expect([opened.senderLeafIndex, opened.applicationData]).toEqual([0, applicationData])
        const back = await epoch.open(await oracleSeal(oracle, { recipientLeafIndex: 0, applicationData }))
        expect([back.senderLeafIndex, hex(back.applicationData)]).toEqual([3, hex(applicationData)])
      }
    })
  })
}

suite(tsMls1, (state: TsMls1State) => groupContextBytes1(state.groupContext))
suite(tsMls2, (state: TsMls2State) => groupContextBytes2(state.groupContext))
