/** Groups of the inbox tests, made in Node: pages get what the members know as JSON. */

import { hex, unhex } from '../../tests/support/hex.js'
import { randomBytes, randomGroup } from '../../tests/support/random-group.js'
import { libraryInNode } from '../package/served.js'
import { memberToJson } from '../tasks/member.js'
import { memberAt, type RoomJson } from './tasks/epochs.js'

interface RoomOptions {
  /** In bytes; 100 unless given. */
  readonly contextLength?: number
  /** Of the room that has the same group id; another one unless given. */
  readonly like?: RoomJson
}

/** A group whose keys nobody else has. Alice is at leaf 0 and Bob, whose inbox is tested, at leaf 1. */
export async function makeRoom(cipherSuite: number, options: RoomOptions = {}): Promise<RoomJson> {
  const groupContext = randomBytes(options.contextLength ?? 100)
  const groupId = options.like ? unhex(options.like.bob.groupId) : randomBytes(16)
  const group = await randomGroup({ cipherSuite, revision: '00', leafIndices: [0, 1], groupContext, groupId })
  const { revision, ...alice } = group.as(0)
  const { revision: _, ...bob } = group.as(1)
  return { alice: memberToJson(revision, alice), bob: memberToJson(revision, bob) }
}

/** Seals a message from Alice to Bob in Node. */
export async function sealInNode({ alice }: RoomJson, epoch: number, text: string): Promise<string> {
  const { GroupEpoch } = await libraryInNode()
  const sender = await GroupEpoch.create(await memberAt(alice, epoch))
  return hex(await sender.seal({ recipientLeafIndex: 1, applicationData: new TextEncoder().encode(text) }))
}

/** The id of a message of {@link sealInNode}, as its sender knows it. */
export async function idInNode({ alice }: RoomJson, epoch: number, message: string): Promise<string> {
  const { GroupEpoch } = await libraryInNode()
  return (await GroupEpoch.create(await memberAt(alice, epoch))).messageId(unhex(message))
}
