import { describe, expect, test } from 'vitest'
import { encodeGroupContext } from '../../lib/mls/group-context.js'
import {
  groupRequires,
  groupSupports,
  keyPackageSupports,
  requiredWireFormats,
  revisionOf,
  supportedWireFormats,
  targetedMessageRevision,
} from '../../lib/stacks/capabilities.js'
import { expectCode } from '../support/expect-code.js'
import { unhex } from '../support/hex.js'

describe('what cannot be written', () => {
  test.each([-1, 0x10000, 0.5, Number.NaN, '6', undefined])(
    'wire format %s is invalid-input',
    async (wireFormat) => {
      const write = (list: unknown[]) => Reflect.apply(supportedWireFormats, undefined, [list])
      await expectCode(() => write([6, wireFormat]), 'invalid-input')
    },
  )

  test.each([null, 5, {}, Symbol('6')])('%s is no list of wire formats', async (list) => {
    for (const write of [supportedWireFormats, requiredWireFormats]) {
      const error = await expectCode(() => Reflect.apply(write, undefined, [list]), 'invalid-input')
      expect(error.message).toBe('this is not a list of wire formats')
    }
  })

  test.each(['03', '2', '', 'constructor', 2, undefined, null, Symbol('02'), {}])(
    'revision %s is invalid-input',
    async (revision) => {
      await expectCode(() => Reflect.apply(targetedMessageRevision, undefined, [revision]), 'invalid-input')
    },
  )
})

describe('what cannot be read', () => {
  const groupContextBytes = encodeGroupContext({
    cipherSuite: 1,
    groupId: unhex('aa'),
    epoch: 1n,
    treeHash: unhex(''),
    confirmedTranscriptHash: unhex(''),
    extensions: [targetedMessageRevision('02')],
  })

  test.each([undefined, null, 1, 'group', {}, [], { leafNode: 3 }, { groupContext: {}, ratchetTree: [] }])(
    'what is none of these is invalid-input: %j',
    async (given) => {
      for (const read of [groupSupports, groupRequires, revisionOf, keyPackageSupports]) {
        await expectCode(() => Reflect.apply(read, undefined, [given]), 'invalid-input')
      }
    },
  )

  test('a group in place of its GroupContext, and the reverse: the sentence says what to pass', async () => {
    const groupContext = { extensions: [] }
    for (const group of [groupContext, groupContextBytes, undefined]) {
      const { message } = await expectCode(
        () => Reflect.apply(groupSupports, undefined, [group]),
        'invalid-input',
      )
      expect(message).toBe('this is not a group: pass a ClientState, or { groupContext, ratchetTree }')
    }
    for (const read of [revisionOf, groupRequires]) {
      const { message } = await expectCode(
        () => Reflect.apply(read, undefined, [{ groupContext, ratchetTree: [] }]),
        'invalid-input',
      )
      expect(message).toBe('this is not a GroupContext: pass the groupContext of a ClientState, or its bytes')
    }
  })
})
