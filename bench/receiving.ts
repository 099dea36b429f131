import { type DBSchema, openDB } from 'idb'
import { GroupEpoch, Inbox } from 'mls-targeted-messages'
import { nextTask } from '../lib/crypto/breathe.js'
import { floor } from './floor.js'
import { makeWorld, viewOf, type World } from './world.js'

/** How an inbox received many messages, or what was done in its place to compare with. */
export type Receiving = {
  readonly way: string
  readonly milliseconds: number
  /** The longest time in which the page could not have answered to a click. In milliseconds. */
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

  const rows: Receiving[] = []
  for (const database of [undefined, `bench-${Math.random()}`]) {
    for (const inFlight of [1, 64, 1000]) {
      const where = database === undefined ? 'in memory' : 'in IndexedDB'
      // Each way needs an inbox that has not received the messages.
      const inbox = await Inbox.open({ database: database && `${database}-${inFlight}` })
      await inbox.enter(bob)
      const receive = (message: Uint8Array): Promise<unknown> => inbox.receive(message)
      rows.push({
        way: `${where}, ${inFlight} at a time`,
        ...(await watched(() => forEach(messages, inFlight, receive))),
      })
      inbox.close()
    }
  }
  return [...rows, ...(await controls(world, messages, rows))]
}

/** What the engine and the machine do on their own account: the same watch, without the library. */
async function controls(
  world: World,
  messages: readonly Uint8Array[],
  rows: readonly Receiving[],
): Promise<Receiving[]> {
  const open = (await floor(world)).find(({ operation }) => operation === 'open')
  if (open === undefined) throw new Error('the floor opens nothing')
  // As often as ours, and all together.
  let paused = performance.now()
  let pause: Promise<void> | undefined
  const openAndPause = async (): Promise<void> => {
    await open.run()
    if (performance.now() - paused < 8) return
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
    { way: 'IndexedDB alone, 64 at a time', ...(await alone(messages)) },
    { way: 'nothing, for as long as the longest', ...(await watched(nothing)) },
  ]
}

interface MarkAlone extends DBSchema {
  marks: { key: Uint8Array<ArrayBuffer>; value: number }
}

/** A mark for each message, looked for and put in one transaction, as an inbox does before it releases anything. */
async function alone(messages: readonly Uint8Array[]): Promise<Omit<Receiving, 'way'>> {
  const database = await openDB<MarkAlone>(`bench-${Math.random()}`, 1, {
    upgrade: (opening) => void opening.createObjectStore('marks'),
  })
  let next = 0
  const put = async (): Promise<void> => {
    const { store, done } = database.transaction('marks', 'readwrite')
    const key = new Uint8Array(16)
    new DataView(key.buffer).setUint32(0, next++)
    await store.get(key)
    await Promise.all([store.put(0, key), done])
  }
  const row = await watched(() => forEach(messages, 64, put))
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

/** Posts itself messages all the time: the longest wait for one is the longest block. */
async function watched(action: () => Promise<void>): Promise<Omit<Receiving, 'way'>> {
  let longestBlock = 0
  let longBlocks = 0
  const { port1, port2 } = new MessageChannel()
  let posted = performance.now()
  port1.onmessage = () => {
    const block = performance.now() - posted
    longestBlock = Math.max(longestBlock, block)
    if (block > 50) longBlocks += 1
    // Not at once: the watch itself is not to keep the thread busy.
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
