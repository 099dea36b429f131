/** The connection of this browser to a broker: what is published goes out, what arrives is appended to the log. */

import mqtt, { type IClientOptions } from 'mqtt'
import type { Delivery, DeliveryStatus } from './delivery-service.js'
import { Incoming } from './incoming.js'
import type { Log } from './log.js'

export interface CarrierOptions {
  readonly url: string
  readonly room: string
  readonly log: Log
  /** Its entries are frames. */
  readonly outbox: Log
  readonly onStatus: (status: DeliveryStatus) => void
  readonly stopped: AbortSignal
}

/** How long to wait before connecting again, in milliseconds. */
const pause = 1_000

const options: IClientOptions = {
  protocolVersion: 5,
  // The broker keeps what arrives while this browser is away: for a day, in seconds.
  clean: false,
  properties: { sessionExpiryInterval: 86_400 },
  // Otherwise the client would send pending messages before it subscribes again, and would not receive them.
  reconnectPeriod: 0,
  resubscribe: false,
  // The alternative is a worker from a blob:, which the page's Content-Security-Policy forbids.
  timerVariant: 'native',
}

/** Connects again and again, until it is stopped. */
export async function carry(given: CarrierOptions): Promise<void> {
  const { onStatus, stopped } = given
  const clientId = await given.log.clientId()
  while (!stopped.aborted) {
    await connection(given, clientId)
    onStatus('offline')
    await Promise.race([aborted(stopped), new Promise((resolve) => setTimeout(resolve, pause))])
  }
}

/** Resolves when it is closed. */
async function connection(given: CarrierOptions, clientId: string): Promise<void> {
  const { url, room, log, outbox, onStatus } = given
  const client = mqtt.connect(url, { ...options, clientId })
  const over = new AbortController()
  const stopped = AbortSignal.any([given.stopped, over.signal])
  const sent = new Set<string>()
  const onParcel = async (id: string): Promise<void> => {
    if (sent.delete(id)) await outbox.remove(id)
  }
  const incoming = new Incoming({ client, clientId, log, room, onParcel, stopped })
  // Acknowledged when it is stored; what was lost before that is sent again.
  client.handleMessage = (packet, done) => {
    incoming.take(packet).then(
      () => done(),
      (error: unknown) => {
        reportError(error)
        over.abort()
      },
    )
  }
  // In order, and again on each connection until they have come back, because a broker that ends forgets what it has
  // taken. A second copy is recognized by its id.
  const subscriber = async ({ parcels }: Delivery): Promise<void> => {
    for (const { id, bytes } of parcels) {
      sent.add(id)
      await incoming.publish('log', bytes)
    }
  }
  client.on('connect', async ({ sessionPresent }) => {
    try {
      await incoming.greet({ isKnown: sessionPresent })
      if (!stopped.aborted) onStatus('online')
      await outbox.read({ cursor: undefined, subscriber, stopped })
    } catch (error) {
      // Whatever was being sent when the connection closed stays in the outbox.
      if (!stopped.aborted) reportError(error)
      over.abort()
    }
  })
  client.on('close', () => over.abort())
  // The next attempt follows, and the status says so.
  client.on('error', () => over.abort())
  await aborted(stopped)
  await client.endAsync(true)
}

const aborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(undefined)
    signal.addEventListener('abort', resolve)
  })
