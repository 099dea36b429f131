import { decodeMlsMessage } from 'ts-mls'
import { decode, mlsMessageDecoder } from 'ts-mls-2'
import { describe, expect, test } from 'vitest'
import { isTargetedMessage } from '../../lib/targeted/header.js'
import {
  createMlsGroup,
  type MlsStack,
  type MlsState,
  stateOf,
  tsMls1,
  tsMls2,
} from '../support/groups/groups.js'
import { revisions } from '../support/suites.js'
import { referenceVectors } from '../vectors/reference.js'

const targetedMessages = revisions.flatMap((revision) =>
  referenceVectors(revision).groups.flatMap(({ messages }) =>
    messages.map((message) => message.targetedMessage),
  ),
)

/** Whether the stack makes anything of these bytes. */
const decodes = (read: () => unknown): boolean => {
  try {
    return read() !== undefined
  } catch {
    return false
  }
}

function suite<State extends MlsState>(stack: MlsStack<State>, read: (bytes: Uint8Array) => unknown): void {
  describe(`isTargetedMessage routes before ${stack.name}`, () => {
    test('what the stack sends goes to the stack', async () => {
      const group = await createMlsGroup({ stack, cipherSuite: 1, members: ['alice', 'bob'] })
      const { keyPackage } = await group.client.newcomer('carol')
      const { commit, welcome } = await group.client.commit(stateOf(group, 'alice'), [keyPackage], [])
      if (welcome === undefined) throw new Error('the commit made no Welcome')
      for (const message of [keyPackage, commit, welcome]) {
        expect(decodes(() => read(message))).toBe(true)
        expect(isTargetedMessage(message)).toBe(false)
      }
    })

    test('a targeted message is none of the stack', () => {
      expect(targetedMessages.length).toBeGreaterThan(20)
      for (const message of targetedMessages) {
        expect(isTargetedMessage(message)).toBe(true)
        expect(decodes(() => read(message))).toBe(false)
      }
    })
  })
}

suite(tsMls1, (bytes) => decodeMlsMessage(bytes, 0))
suite(tsMls2, (bytes) => decode(mlsMessageDecoder, bytes))
