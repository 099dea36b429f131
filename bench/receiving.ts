import { type DBSchema, openDB } from 'idb'
import { GroupEpoch, Inbox, type ReceiveEachOptions } from 'mls-targeted-messages'
import { LONGEST_TURN, nextTask } from '../lib/crypto/pauses.js'
import { floor } from './floor.js'
import { median } from './measure.js'
import { makeWorld, viewOf, type World } from './world.js'

/** How an inbox received many messages, or a control to compare with. */
export type Receiving = {
  readonly way: string
  readonly milliseconds: number
  /** The longest time in which the page could not have answered a click. In milliseconds. */
  readonly longestBlock: number
  /** How many were over 50 ms. */
  readonly longBlocks: number
}

/** Seals `count` messages, then receives them in several ways, watching the main thread. */
export async function receiveMany(count: number): Promise<Receiving[]> {
  const world = await makeWorld(1, 256)
  const [alice, bob] = await Promise.all([
    GroupEpoch.create(viewOf(world, world.alice)),
    GroupEpoch.create(viewOf(world, world.bob)),
  ])
  const messages: Uint8Array[] = []
  const recipientLeafIndices = Array.from({ length: count }, () => 1)
  for await (const { message } of alice.sealEach({ recipientLeafIndices, applicationData: world.data })) {
    messages.push(message)
  }

  const measured: Receiving[] = []
  for (const [way, { rounds, receiveAll }] of Object.entries(ways)) {
    for (let round = 0; round < rounds; round++) {
      for (const database of [undefined, `bench-${Math.random()}`]) {
        // Each time with an inbox that has not received the messages.
        const inbox = await Inbox.open({ database })
        await inbox.enter(bob)
        const where = database === undefined ? 'in memory' : 'in IndexedDB'
        measured.push({ way: `${where}, ${way}`, ...(await watched(() => receiveAll(inbox, messages))) })
        inbox.close()
      }
    }
  }
  const rows = [...new Set(measured.map(({ way }) => way))].map((way) =>
    ofRounds(
      way,
      measured.filter((row) => row.way === way),
    ),
  )
  return [...rows, ...(await controls(world, messages, rows))]
}

/** One row for all rounds of a way: their median time, and their longest block. */
const ofRounds = (way: string, rounds: readonly Receiving[]): Receiving => ({
  way,
  milliseconds: median(rounds.map(({ milliseconds }) => milliseconds)),
  longestBlock: Math.max(...rounds.map(({ longestBlock }) => longestBlock)),
  longBlocks: rounds.reduce((sum, { longBlocks }) => sum + longBlocks, 0),
})

type Receive = (inbox: Inbox, messages: readonly Uint8Array[]) => Promise<void>

const atATime =
  (inFlight: number): Receive =>
  (inbox, messages) =>
    forEach(messages, inFlight, (message) => inbox.receive(message))

const each =
  (options: ReceiveEachOptions): Receive =>
  async (inbox, messages) => {
    for await (const { error } of inbox.receiveEach(messages, options)) if (error) throw error
  }

const ways: Record<string, { readonly rounds: number; readonly receiveAll: Receive }> = {
  '1 at a time': { rounds: 1, receiveAll: atATime(1) },
  '64 at a time': { rounds: 3, receiveAll: atATime(64) },
  '1000 at a time': { rounds: 3, receiveAll: atATime(1000) },
  'by receiveEach': { rounds: 3, receiveAll: each({}) },
  'by receiveEach with a keep that does nothing': { rounds: 3, receiveAll: each({ keep: () => {} }) },
}

/** Controls: the same watch on the engine and the machine, without the library. */
async function controls(
  world: World,
  messages: readonly Uint8Array[],
  rows: readonly Receiving[],
): Promise<Receiving[]> {
  const open = (await floor(world)).find(({ operation }) => operation === 'open')
  if (open === undefined) throw new Error('the floor opens nothing')
  // As often as in our code, and together for all calls.
  let paused = performance.now()
  let pause: Promise<void> | undefined
  const openAndPause = async (): Promise<void> => {
    await open.run()
    if (performance.now() - paused < LONGEST_TURN) return
    pause ??= nextTask().then(() => {
      paused = performance.now()
      pause = undefined
    })
    await pause
  }
  const longest = Math.max(...rows.map(({ milliseconds }) => milliseconds))
  const nothing = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, longest))
  return [
    { way: 'the floor, 1 at a time', ...(await watched(() => forEach(messages, 1, openAndPause))) },
    { way: 'the floor, 64 at a time', ...(await watched(() => forEach(messages, 64, openAndPause))) },
    { way: 'IndexedDB alone, 1 at a time', ...(await alone(messages, 1)) },
    { way: 'IndexedDB alone, 64 at a time', ...(await alone(messages, 64)) },
    { way: 'nothing, for as long as the longest', ...(await watched(nothing)) },
  ]
}

interface MarksAlone extends DBSchema {
  groups: { key: number; value: object }
  marks: { key: number; value: object }
}

/** The requests of a mark, in one transaction for each message: read the group and what is new in the log, add to the log. */
async function alone(messages: readonly Uint8Array[], inFlight: number): Promise<Omit<Receiving, 'way'>> {
  const database = await openDB<MarksAlone>(`bench-${Math.random()}`, 1, {
    upgrade(opening) {
      opening.createObjectStore('groups')
      opening.createObjectStore('marks')
    },
  })
  const kept = { epochs: [{ epoch: 7n, endedAt: undefined, stamp: 'of 16 characters' }] }
  await database.put('groups', { groupId: new Uint8Array(16), leafIndex: 1, ...kept }, 0)
  let last = 0
  const put = async (): Promise<void> => {
    const transaction = database.transaction(['groups', 'marks'], 'readwrite', { durability: 'relaxed' })
    const marks = transaction.objectStore('marks')
    await Promise.all([
      transaction.objectStore('groups').get(0),
      marks.getAll(IDBKeyRange.bound(last + 1, 2 ** 32)),
    ])
    last += 1
    const none = new Uint8Array()
    const record = { sequence: last, from: last, none, claimed: none, marked: new Uint8Array(16) }
    const written = marks.put(record, last)
    transaction.commit()
    await Promise.all([written, transaction.done])
  }
  const row = await watched(() => forEach(messages, inFlight, put))
  database.close()
  return row
}

async function forEach(
  messages: readonly Uint8Array[],
  inFlight: number,
  action: (message: Uint8Array) => Promise<unknown>,
): Promise<void> {
  const queue = messages.values()
  const worker = async (): Promise<void> => {
    for (const message of queue) await action(message)
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
}

/** Posts itself messages all the time. The longest wait for one is the longest block. */
async function watched(action: () => Promise<void>): Promise<Omit<Receiving, 'way'>> {
  let longestBlock = 0
  let longBlocks = 0
  const { port1, port2 } = new MessageChannel()
  let posted = performance.now()
  port1.onmessage = () => {
    const block = performance.now() - posted
    longestBlock = Math.max(longestBlock, block)
    if (block > 50) longBlocks += 1
    // Not at once, because the watch itself must not keep the thread busy.
    setTimeout(() => {
      posted = performance.now()
      port2.postMessage(undefined)
    })
  }
  port2.postMessage(undefined)

  const start = performance.now()
  await action()
  const milliseconds = performance.now() - start
  // The last wait may not be over.
  await new Promise((resolve) => setTimeout(resolve))
  port1.close()
  return { milliseconds, longestBlock, longBlocks }
}
