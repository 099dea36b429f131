/** Groups of the inbox tests, made in Node: pages get what the members know as JSON. */

import { hex } from '../../testing/hex.js'
import { randomBytes, randomGroup } from '../../testing/random-group.js'
import { libraryInNode } from '../package/served.js'
import { memberToJson } from '../tasks/member.js'
import { memberAt, type RoomJson } from './tasks/epochs.js'

/** A group whose keys nobody else has. Alice is at leaf 0 and Bob, whose inbox is tested, at leaf 1. */
export async function makeRoom(cipherSuite: number, contextLength = 100): Promise<RoomJson> {
  const groupContext = randomBytes(contextLength)
  const group = await randomGroup({ cipherSuite, revision: '00', leafIndices: [0, 1], groupContext })
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
