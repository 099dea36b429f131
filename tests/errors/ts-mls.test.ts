import { beforeAll, describe, expect, test } from 'vitest'
import { fromTsMls, type TsMlsClientState } from '../../lib/stacks/ts-mls.js'
import { extensionData, extensionType } from '../../lib/stacks/ts-mls-extensions.js'
import { expectCode } from '../support/expect-code.js'
import { createMlsGroup, stateOf, type TsMls1State, tsMls1 } from '../support/groups/groups.js'
import { onNodeCrypto } from '../support/node-crypto.js'

let state: TsMls1State
beforeAll(async () => {
  const members = ['alice', 'bob']
  const group = await onNodeCrypto(() => createMlsGroup({ stack: tsMls1, cipherSuite: 2, members }))
  state = stateOf(group, 'bob')
})

/** The state with another field, of whatever type. */
const changed = (change: Record<string, unknown>): TsMlsClientState =>
  ({ ...state, ...change }) as unknown as TsMlsClientState
const refused = async (change: Record<string, unknown>) => {
  const error = await expectCode(() => fromTsMls(changed(change)), 'invalid-input')
  expect(error.message).not.toBe('')
}
const withContext = (change: Record<string, unknown>) => ({
  groupContext: { ...state.groupContext, ...change },
})

describe('unsupported-cipher-suite', () => {
  const names = ['MLS_256_XWING_AES256GCM_SHA512_Ed25519', 'MLS', '', '2', 'constructor', '__proto__']
  test.each([...names, 0, 8, 83, 0x0a0a, -1, 1.5, undefined, null])('%s', async (cipherSuite) => {
    const given = changed(withContext({ cipherSuite }))
    const error = await expectCode(() => fromTsMls(given), 'unsupported-cipher-suite')
    expect(error.message).toContain(String(cipherSuite))
  })
})

describe('invalid-input', () => {
  test('what is no state at all', async () => {
    const garbage: readonly unknown[] = [undefined, null, 0, 'state', [], {}, new Uint8Array(3), () => state]
    for (const given of garbage) {
      const error = await expectCode(() => fromTsMls(given as TsMlsClientState), 'invalid-input')
      expect(error.cause).toBeInstanceOf(TypeError)
    }
  })

  test('an error of another bundle of this library stays what it is', () => {
    class TargetedMessageError extends Error {
      override readonly name = 'TargetedMessageError'
      readonly code = 'malformed'
    }
    const other = new TargetedMessageError('from elsewhere')
    const given = Object.defineProperty(changed({}), 'groupContext', {
      get() {
        throw other
      },
    })
    let caught: unknown
    try {
      fromTsMls(given)
    } catch (error) {
      caught = error
    }
    expect(caught).toBe(other)
  })

  test.each(['groupContext', 'keySchedule', 'ratchetTree', 'privatePath'])(
    'a state without %s',
    async (field) => {
      for (const value of [undefined, null]) await refused({ [field]: value })
    },
  )

  test.each(['groupId', 'epoch', 'treeHash', 'confirmedTranscriptHash', 'extensions'])(
    'a GroupContext without %s',
    async (field) => {
      for (const value of [undefined, null]) await refused(withContext({ [field]: value }))
    },
  )

  test('a state without the private key of its own leaf', async () => {
    const error = await expectCode(
      () => fromTsMls(changed({ privatePath: { ...state.privatePath, privateKeys: {} } })),
      'invalid-input',
    )
    expect(String(error.cause)).toContain('own leaf')
    await refused({ privatePath: { leafIndex: 9, privateKeys: state.privatePath.privateKeys } })
    await refused({ privatePath: { leafIndex: 1 } })
  })

  test('a leaf without keys, and a compressed point that is on no curve', async () => {
    await refused({ ratchetTree: [{ leaf: {} }] })
    const signaturePublicKey = new Uint8Array(33).fill(0xff).fill(2, 0, 1)
    const leaf = { hpkePublicKey: new Uint8Array(65), signaturePublicKey }
    const error = await expectCode(() => fromTsMls(changed({ ratchetTree: [{ leaf }] })), 'invalid-input')
    expect(error.message).toBe('the signature key of a leaf is not a point on its curve')
  })

  test('an extension of an unknown name, or with data of an unknown form', async () => {
    const extension = (extensionType: unknown, extensionData: unknown) =>
      withContext({ extensions: [{ extensionType, extensionData }] })
    const error = await expectCode(
      () => fromTsMls(changed(extension('mystery', new Uint8Array()))),
      'invalid-input',
    )
    expect(error.message).toContain('mystery')
    await refused(extension('constructor', new Uint8Array()))
    for (const data of [undefined, null, 'data', {}, [1], { credential: {} }])
      await refused(extension(3, data))
    for (const type of [-1, 0.5, 65_536, Number.NaN, '1', 1n]) {
      const types = { extensionTypes: [type], proposalTypes: [], credentialTypes: [] }
      await refused(extension(3, types))
      const credential = { credentialType: type, identity: new Uint8Array() }
      await refused(extension(5, { signaturePublicKey: new Uint8Array(32), credential }))
      if (typeof type === 'number') await refused(extension(type, new Uint8Array()))
    }
  })
})

test('keys that need no change are given as they are', () => {
  const keys = [
    new Uint8Array(65).fill(4, 0, 1),
    new Uint8Array(32).fill(2, 0, 1),
    new Uint8Array(57).fill(3, 0, 1),
    new Uint8Array(33).fill(4, 0, 1),
  ]
  for (const signaturePublicKey of keys) {
    const hpkePublicKey = new Uint8Array(65)
    const { members } = fromTsMls(changed({ ratchetTree: [{ leaf: { hpkePublicKey, signaturePublicKey } }] }))
    expect(members[0]?.signatureKey).toBe(signaturePublicKey)
    expect(members[0]?.encryptionKey).toBe(hpkePublicKey)
  }
})

const refusals: [action: () => unknown, sentence: string][] = [
  [() => extensionType('last_resort'), 'the GroupContext has an extension of the unknown type last_resort'],
  [
    () => Reflect.apply(extensionData, undefined, [{ what: 'else' }]),
    'an extension of the GroupContext has data of an unknown form',
  ],
  [() => Reflect.apply(fromTsMls, undefined, [{}]), 'this is not a ClientState of ts-mls 1.x or 2.0'],
]

test.each(refusals.map(([action, sentence]) => ({ action, sentence })))(
  '$sentence',
  async ({ action, sentence }) => {
    expect((await expectCode(action, 'invalid-input')).message).toBe(sentence)
  },
)
