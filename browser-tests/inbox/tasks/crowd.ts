/** Groups of many members, and what they cost. */

import * as library from 'mls-targeted-messages'
import { type Compared, compare } from './compare.js'
import { memberAt, type RoomJson } from './epochs.js'
import { type At, inboxAt } from './inboxes.js'

export type Crowd = {
  readonly at: At
  /** Of one cipher suite; the second one's group gets the crowd. */
  readonly rooms: readonly [RoomJson, RoomJson]
  readonly sizes: readonly [number, number]
  readonly rounds: number
}

export type CrowdCost = Compared & {
  /** Of the large group: what its record holds in arrays. */
  readonly recordBytes: number
  readonly createMs: number
  readonly enterMs: number
}

type CrowdSize = Omit<CrowdCost, keyof Compared>

const EPOCH = 1

export async function crowd({ at, rooms, sizes, rounds }: Crowd): Promise<CrowdCost> {
  let cost: CrowdSize = { recordBytes: 0, createMs: 0, enterMs: 0 }
  for (const [i, room] of rooms.entries()) cost = await enterCrowd(at, room, sizes[i] ?? 2)
  const compared = await compare({ inboxes: rooms.map((room) => ({ at, room })), epoch: EPOCH, rounds })
  return { ...cost, ...compared }
}

async function enterCrowd(at: At, { bob }: RoomJson, size: number): Promise<CrowdSize> {
  const member = await memberAt(bob, EPOCH)
  const [own] = member.members
  if (own === undefined) throw new Error('the group has no members')
  const strangers = Array.from({ length: size - member.members.length }, (_, i) => ({
    leafIndex: i + member.members.length,
    encryptionKey: randomLike(own.encryptionKey),
    signatureKey: randomLike(own.signatureKey),
  }))
  const began = performance.now()
  const epoch = await library.GroupEpoch.create({ ...member, members: [...member.members, ...strangers] })
  const created = performance.now()
  await (await inboxAt(at)).enter(epoch)
  const entered = performance.now()
  return {
    recordBytes: bytesIn(epoch.export()),
    createMs: created - began,
    enterMs: entered - created,
  }
}

/** Random bytes: other members' keys are only checked when they are used. */
function randomLike(key: Uint8Array): Uint8Array {
  const random = crypto.getRandomValues(new Uint8Array(key.length))
  if (key.length > 32) random[0] = key[0] ?? 0
  return random
}

function bytesIn(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce<number>((sum, part) => sum + bytesIn(part), 0)
}
