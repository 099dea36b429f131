/** How members of a room reach each other. MLS needs of it one thing above all: one order of commits for everybody. */

import { LocalDelivery } from './local.js'

export interface Parcel {
  /** Where the parcel is in the order, for {@link DeliveryService.subscribe}. Of use in this browser only. */
  readonly cursor: string
  readonly bytes: Uint8Array
}

/** `connecting`: what is published waits; `offline`: as well, until there is a network again. */
export type DeliveryStatus = 'connecting' | 'online' | 'offline'

/** One room's mail. All subscribers see all parcels in one and the same order, their own among them, also those from before they came. */
export interface DeliveryService {
  /**
   * Parcels after `cursor` (undefined: from the start), in order, then new ones as they come. The handler is awaited
   * before the next parcel. Returns a function that stops. A handler that rejects stops as well, and its error is
   * reported as an uncaught one: no parcel is skipped.
   */
  subscribe(cursor: string | undefined, handler: (parcel: Parcel) => Promise<void>): Promise<() => void>
  /** Resolves when the parcel is kept: it arrives, sooner or later. */
  publish(bytes: Uint8Array): Promise<void>
  /**
   * Forgets all parcels so far, for everybody in the room. Who already had them is not told: publish that. Cursors
   * stay valid.
   */
  clear(): Promise<void>
  readonly status: DeliveryStatus
  /** Returns a function that stops. */
  onStatus(listener: (status: DeliveryStatus) => void): () => void
  close(): Promise<void>
}

/** The tabs of this browser; with `?broker=ws://…`, everybody who has the same broker. */
export async function openDelivery(parameters: URLSearchParams, room: string): Promise<DeliveryService> {
  const broker = parameters.get('broker')
  if (broker === null) return new LocalDelivery(room)
  const url = URL.canParse(broker) ? new URL(broker) : undefined
  if (url?.protocol !== 'ws:' && url?.protocol !== 'wss:') {
    throw new Error(`?broker= takes an address such as ws://127.0.0.1:9001, and not "${broker}"`)
  }
  // Only who has a broker pays for it.
  const { MqttDelivery } = await import('./mqtt.js')
  return new MqttDelivery(url.href, room)
}
