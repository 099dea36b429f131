import { GroupEpoch, Inbox } from 'mls-targeted-messages'
import { makeWorld, viewOf } from './world.js'

/** How an inbox received many messages. */
export type Receiving = {
  readonly way: string
  readonly milliseconds: number
  /** The longest time in which the page could not have answered to a click. In milliseconds. */
  readonly longestBlock: number
  /** Tasks over 50 ms, as the engine itself counts them; nothing where it does not. */
  readonly longTasks: number | null
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
    for (const inFlight of [1, 64]) {
      const where = database === undefined ? 'in memory' : 'in IndexedDB'
      // Each way needs an inbox that has not received the messages.
      const inbox = await Inbox.open({ database: database && `${database}-${inFlight}` })
      await inbox.enter(bob)
      rows.push({
        way: `${where}, ${inFlight} at a time`,
        ...(await watched(() => receiveAll(inbox, messages, inFlight))),
      })
      inbox.close()
    }
  }
  return rows
}

async function receiveAll(inbox: Inbox, messages: readonly Uint8Array[], inFlight: number): Promise<void> {
  const queue = messages.values()
  const worker = async (): Promise<void> => {
    for (const message of queue) await inbox.receive(message)
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
}

/** Posts itself messages all the time: the longest wait for one is the longest block. */
async function watched(action: () => Promise<void>): Promise<Omit<Receiving, 'way'>> {
  let longestBlock = 0
  let longTasks = 0
  const supported = PerformanceObserver.supportedEntryTypes.includes('longtask')
  const observer = new PerformanceObserver((list) => {
    longTasks += list.getEntries().length
  })
  if (supported) observer.observe({ type: 'longtask' })

  const { port1, port2 } = new MessageChannel()
  let posted = performance.now()
  const note = (): void => {
    longestBlock = Math.max(longestBlock, performance.now() - posted)
  }
  port1.onmessage = () => {
    note()
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
  await new Promise((resolve) => setTimeout(resolve, 100))
  observer.disconnect()
  return { milliseconds, longestBlock, longTasks: supported ? longTasks : null }
}
