import { checkInteger, USAGE } from '../check-argument.js'
import { attempt } from '../errors.js'
import type { Deliveries, Found, ReceivedMessage, ReceiveOptions } from './deliveries.js'

/** How a backlog is received. */
export interface ReceiveEachOptions extends ReceiveOptions {
  /** How many messages are in progress at a time, `keep` included; 64 unless given. */
  readonly concurrency?: number | undefined
}

/** The outcome of one message of a backlog. */
export type Delivery = DeliveredMessage | RefusedMessage

/** A message that was received. */
export interface DeliveredMessage {
  /** As it was given. */
  readonly message: Uint8Array
  /** As `receive` returns it. */
  readonly received: ReceivedMessage
  /** None. */
  readonly error?: undefined
}

/** A message that was not received. */
export interface RefusedMessage {
  /** As it was given. */
  readonly message: Uint8Array
  /** None. */
  readonly received?: undefined
  /** A {@link TargetedMessageError}, or what `keep` threw. */
  readonly error: unknown
}

/** A message in progress. */
interface Flight {
  readonly message: Uint8Array
  readonly landing: Promise<PromiseSettledResult<Found>>
}

/** Yields in the order of the messages, and holds no more than `concurrency` of them. */
export async function* receiveInOrder(
  deliveries: Deliveries,
  messages: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options: ReceiveEachOptions,
): AsyncGenerator<Delivery, void, undefined> {
  const { keep, concurrency = 64 } = options ?? {}
  const limit = checkInteger(concurrency, 'concurrency', 1)
  const source = await attempt(...USAGE, () => iteratorOf(messages))
  const flights: Flight[] = []
  let isStopped = false
  const start = (message: Uint8Array): Flight => ({
    message,
    landing: settled(deliveries.deliver(message, { keep, isStopped: () => isStopped })),
  })
  let pulling: Promise<PromiseSettledResult<IteratorResult<Uint8Array>>> | undefined
  let end: PromiseSettledResult<unknown> | undefined
  try {
    while (!end || flights.length > 0) {
      if (!end && flights.length < limit) pulling ??= settled(source.next())
      const [first] = flights
      // A source may take its time, and finished messages must not wait for it.
      const pulled =
        pulling && (await (first ? Promise.race([pulling, first.landing.then(() => {})]) : pulling))
      if (pulled) {
        pulling = undefined
        if (pulled.status === 'rejected' || pulled.value.done) end = pulled
        else flights.push(start(pulled.value.value))
      } else if (first) {
        const landing = await first.landing
        flights.shift()
        yield landing.status === 'fulfilled'
          ? { message: first.message, received: landing.value.received }
          : { message: first.message, error: landing.reason }
      }
    }
    if (end?.status === 'rejected') throw end.reason
  } finally {
    isStopped = true
    if (!end) void settled(source.return())
    const landings = await Promise.all(flights.map(({ landing }) => landing))
    // The application has what was kept; a message that was only marked would be lost.
    const lost = keep ? [] : landings.flatMap((landed) => (landed.status === 'fulfilled' ? landed.value : []))
    await Promise.allSettled(lost.map((found) => deliveries.withdraw(found)))
  }
}

/** One iterator for both kinds. Its errors become rejections. */
function iteratorOf<T>(items: Iterable<T> | AsyncIterable<T>) {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  return { next: async () => iterator.next(), return: async () => iterator.return?.() }
}

const settled = async <T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> => {
  const [result] = await Promise.allSettled([promise])
  return result
}
