import { encodeRatchetTree } from 'ts-mls/ratchetTree.js'
import {
  createGroupInfoWithExternalPubAndRatchetTree,
  defaultExtensionTypes,
  getCiphersuiteImpl,
} from 'ts-mls-2'
import { beforeAll, describe, expect, test } from 'vitest'
import { concat, opaque } from '../../tests/oracle/wire.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { groupContextBytes1, groupContextBytes2 } from '../../tests/support/groups/group-context.js'
import {
  addMember,
  advanceEpoch,
  createMlsGroup,
  type MlsGroup,
  type MlsStack,
  type MlsState,
  type Profile,
  stateOf,
  type TsMls1State,
  type TsMls2State,
  tsMls1,
  tsMls2,
} from '../../tests/support/groups/groups.js'
import { hex, unhex } from '../../tests/support/hex.js'
import { leafNode } from '../../tests/support/leaf-nodes.js'
import { onNodeCrypto } from '../../tests/support/node-crypto.js'
import { GroupEpoch } from '../epoch/group-epoch.js'
import { encodeGroupContext } from '../mls/group-context.js'
import { readRatchetTree } from '../mls/ratchet-tree.js'
import * as capabilities from './capabilities.js'
import { fromTsMls, type TsMlsClientState } from './ts-mls.js'

const {
  extensionTypes,
  groupRequires,
  groupSupports,
  keyPackageSupports,
  leafNodeSupports,
  readWireFormats,
  requiredWireFormats,
  revisionOf,
  supportedWireFormats,
  targetedMessageRevision,
} = capabilities

const types = Object.values(extensionTypes)
/** All know the extensions of a group; only alice and carol say that they take targeted messages. */
const mixed: Profile = {
  capabilities: () => types,
  leafNode: (name) => (['alice', 'carol'].includes(name) ? [supportedWireFormats()] : []),
}
const members = ['alice', 'bob', 'carol']

function suite<State extends MlsState & TsMlsClientState>(
  stack: MlsStack<State>,
  groupContextBytes: (state: State) => Uint8Array,
  treeBytes: (state: State) => Promise<Uint8Array>,
): void {
  const flags = (group: MlsGroup<State>) =>
    Object.fromEntries(
      fromTsMls(stateOf(group, 'alice')).members.map(({ leafIndex, supportsTargetedMessages }) => [
        leafIndex,
        supportsTargetedMessages,
      ]),
    )
  const groupOf = (profile: Profile, names = members) =>
    onNodeCrypto(() => createMlsGroup({ stack, cipherSuite: 2, members: names, profile }))

  describe(`a mixed group of ${stack.name}`, () => {
    let group: MlsGroup<State>
    beforeAll(async () => {
      group = await groupOf(mixed)
    })

    test('fromTsMls says it of each member', () => {
      expect(flags(group)).toEqual({ 0: true, 1: false, 2: true })
    })

    test('it stays so over commits', async () => {
      const next = await onNodeCrypto(() => advanceEpoch(group, { by: 'alice' }))
      expect(flags(next)).toEqual({ 0: true, 1: false, 2: true })
    })

    test('of its leaves, and of the group', () => {
      const state = stateOf(group, 'bob')
      const leaves = state.ratchetTree.flatMap((node) => node?.leaf ?? [])
      expect(leaves.map((leaf) => leafNodeSupports(leaf))).toEqual([true, false, true])
      expect(groupSupports(state)).toBe(false)
      expect(groupRequires(state.groupContext)).toBe(false)
      expect(groupRequires(groupContextBytes(state))).toBe(false)
      expect(revisionOf(state.groupContext)).toBeUndefined()
      expect(revisionOf(groupContextBytes(state))).toBeUndefined()
    })

    test('of a KeyPackage', async () => {
      for (const [name, supports] of [
        ['carol', true],
        ['dave', false],
      ] as const) {
        const { keyPackage } = await onNodeCrypto(() => group.client.newcomer(name))
        expect(keyPackageSupports(keyPackage)).toBe(supports)
      }
    })

    test('serialized', async () => {
      const state = stateOf(group, 'bob')
      const ratchetTree = await onNodeCrypto(() => treeBytes(state))
      const serialized = { ratchetTree, groupContext: groupContextBytes(state) }
      expect(groupSupports(serialized)).toBe(false)
      const read = (options?: { groupContext: Uint8Array }) =>
        readRatchetTree(ratchetTree, options).map((member) => member.supportsTargetedMessages)
      expect(read()).toEqual([true, false, true])
      expect(read(serialized)).toEqual([true, false, true])
    })
  })

  test(`a group of ${stack.name} in which all say it`, async () => {
    const state = stateOf(await groupOf(mixed, ['alice', 'carol']), 'carol')
    expect(groupSupports(state)).toBe(true)
    expect(groupRequires(state.groupContext)).toBe(false)
  })

  test(`a group of ${stack.name} in which nobody has heard of it`, async () => {
    const group = await groupOf({})
    expect(flags(group)).toEqual({ 0: false, 1: false, 2: false })
    expect(groupSupports(stateOf(group, 'bob'))).toBe(false)
  })

  describe(`a group of ${stack.name} that demands it, and names a revision`, () => {
    let group: MlsGroup<State>
    beforeAll(async () => {
      group = await groupOf({
        ...mixed,
        groupContext: [requiredWireFormats(), targetedMessageRevision('02')],
      })
    })

    test('counts all as supporting', () => {
      expect(flags(group)).toEqual({ 0: true, 1: true, 2: true })
      const state = stateOf(group, 'bob')
      expect(groupSupports(state)).toBe(true)
      for (const groupContext of [state.groupContext, groupContextBytes(state)]) {
        expect(groupRequires(groupContext)).toBe(true)
        expect(revisionOf(groupContext)).toBe('02')
      }
    })

    test('serialized', async () => {
      const state = stateOf(group, 'bob')
      const ratchetTree = await onNodeCrypto(() => treeBytes(state))
      const groupContext = groupContextBytes(state)
      expect(groupSupports({ ratchetTree, groupContext })).toBe(true)
      const read = (options?: { groupContext: Uint8Array }) =>
        readRatchetTree(ratchetTree, options).map((member) => member.supportsTargetedMessages)
      expect(read()).toEqual([true, false, true])
      expect(read({ groupContext })).toEqual([true, true, true])
    })

    test('its members talk in that revision', async () => {
      const next = await onNodeCrypto(() => advanceEpoch(group, { by: 'bob' }))
      const epochOf = (name: string) => {
        const state = stateOf(next, name)
        return GroupEpoch.create({ ...fromTsMls(state), revision: revisionOf(state.groupContext) })
      }
      const [alice, bob] = [await epochOf('alice'), await epochOf('bob')]
      const applicationData = unhex('0102')
      const message = await alice.seal({ recipientLeafIndex: 1, applicationData })
      expect((await bob.open(message)).applicationData).toEqual(applicationData)
      const other = await GroupEpoch.create(fromTsMls(stateOf(next, 'bob')))
      await expectCode(other.open(message), 'signature')
    })

    test('nobody joins who does not know it', async () => {
      const knows = (name: string) => (name === 'erin' ? [] : types)
      const strict = await groupOf({ ...mixed, capabilities: knows, groupContext: [requiredWireFormats()] })
      expect(flags(await onNodeCrypto(() => addMember(strict, { by: 'alice', add: 'dave' })))[3]).toBe(true)
      await expect(onNodeCrypto(() => addMember(strict, { by: 'alice', add: 'erin' }))).rejects.toThrow()
    })
  })
}

suite(
  tsMls1,
  (state: TsMls1State) => groupContextBytes1(state.groupContext),
  async (state) => encodeRatchetTree(state.ratchetTree),
)
suite(
  tsMls2,
  (state: TsMls2State) => groupContextBytes2(state.groupContext),
  async (state) => {
    const { ratchet_tree } = defaultExtensionTypes
    const impl = await getCiphersuiteImpl('MLS_128_DHKEMP256_AES128GCM_SHA256_P256')
    const { extensions } = await createGroupInfoWithExternalPubAndRatchetTree(state, [], impl)
    const extension = extensions.find(({ extensionType }) => extensionType === ratchet_tree)
    return extension?.extensionData ?? expect.fail('no ratchet_tree')
  },
)

describe('what is written', () => {
  test('supported_wire_formats and required_wire_formats, draft-ietf-mls-extensions-09 section 5', () => {
    expect(supportedWireFormats()).toEqual({ extensionType: 7, extensionData: unhex('020006') })
    expect(requiredWireFormats()).toEqual({ extensionType: 8, extensionData: unhex('020006') })
    expect(hex(supportedWireFormats([6, 0xf001]).extensionData)).toBe('040006f001')
    expect(hex(requiredWireFormats(new Set([0xffff])).extensionData)).toBe('02ffff')
    expect(readWireFormats(supportedWireFormats([6, 0xf001]).extensionData)).toEqual([6, 0xf001])
  })

  test('the revision, in an extension of private use', () => {
    expect(extensionTypes.targetedMessageRevision).toBeGreaterThanOrEqual(0xf000)
    for (const [revision, data] of [
      ['00', '023030'],
      ['01', '023031'],
      ['02', '023032'],
    ] as const) {
      const extension = targetedMessageRevision(revision)
      expect(extension.extensionType).toBe(extensionTypes.targetedMessageRevision)
      expect(hex(extension.extensionData)).toBe(data)
      expect(revisionOf({ extensions: [requiredWireFormats(), extension] })).toBe(revision)
    }
  })
})

describe('what is read', () => {
  const { targetedMessageRevision: revisionType } = extensionTypes
  const inGroup = (data: string) =>
    encodeGroupContext({
      cipherSuite: 1,
      groupId: unhex('aa'),
      epoch: 1n,
      treeHash: unhex(''),
      confirmedTranscriptHash: unhex(''),
      extensions: [{ extensionType: revisionType, extensionData: unhex(data) }],
    })

  test('a revision that is not known is refused, not taken for none', async () => {
    expect(revisionOf(inGroup('023031'))).toBe('01')
    for (const data of ['023033', '0130', '00', '03303200', '03d98130']) {
      await expectCode(() => revisionOf(inGroup(data)), 'invalid-input')
    }
    for (const data of ['', '0230', '02303200', '40023032'])
      await expectCode(() => revisionOf(inGroup(data)), 'malformed')
  })

  test('readWireFormats refuses what is none', async () => {
    for (const data of ['', '0100', '02000600'])
      await expectCode(() => readWireFormats(unhex(data)), 'malformed')
    await expectCode(() => Reflect.apply(readWireFormats, undefined, ['020006']), 'invalid-input')
  })

  test('a serialized LeafNode', async () => {
    const leaf = (extensions: string) => leafNode({ extensions: opaque(unhex(extensions)) })
    expect(leafNodeSupports(leaf('0007' + '03' + '020006'))).toBe(true)
    expect(leafNodeSupports(leaf('0a0a00' + '0007' + '05' + '040a0a0006'))).toBe(true)
    expect(leafNodeSupports(leaf('0008' + '03' + '020006'))).toBe(false)
    expect(leafNodeSupports(leaf(''))).toBe(false)
    await expectCode(() => leafNodeSupports(concat(leaf(''), unhex('00'))), 'malformed')
    await expectCode(() => leafNodeSupports(leaf('').slice(1)), 'malformed')
  })

  test('a leaf whose extension cannot be read spoils nothing: it does not support', () => {
    const garbled = leafNode({ extensions: opaque(unhex('0007' + '02' + '0006')) })
    const tree = opaque(concat(unhex('0101'), garbled))
    expect(leafNodeSupports(garbled)).toBe(false)
    expect(readRatchetTree(tree).map((member) => member.supportsTargetedMessages)).toEqual([false])
  })

  test('bytes of something else are malformed', async () => {
    for (const read of [leafNodeSupports, keyPackageSupports, groupRequires, revisionOf]) {
      await expectCode(() => read(unhex('00')), 'malformed')
    }
    const groupContext = inGroup('023032')
    await expectCode(() => groupSupports({ groupContext, ratchetTree: unhex('01') }), 'malformed')
    await expectCode(() => readRatchetTree(unhex('00'), { groupContext: unhex('00') }), 'malformed')
  })
})
