/**
 * Between machines, over a broker that speaks MQTT over WebSocket. The order in which the broker passes on the
 * messages of one topic is the order for all. One tab of a browser has the connection (a Web Lock decides which), and
 * copies what arrives into the log that all its tabs read. What the tabs publish stays in an outbox until it has come
 * back. A persistent session delivers what arrived while the browser was away; a newcomer gets earlier parcels from another
 * member, and after a restart of the broker all members do. Quality of service 1 delivers at least once; ids make that
 * exactly once.
 *
 * A delivery service for production does more. It checks who publishes; here anybody who knows the address can see who
 * writes when, and disturb. It keeps the order and the parcels as long as members need them; here a member who is away
 * while the broker restarts may see another order. It refuses a commit that is not for the current epoch, so that of two
 * simultaneous commits only one goes to everybody. And it has KeyPackages of members who are offline.
 */

import { carry } from './carrier.js'
import type { DeliveryService, DeliveryStatus, Parcel, Posted, Subscriber } from './delivery-service.js'
import { encodeFrame } from './frames.js'
import { Log } from './log.js'
import { StatusBoard } from './status-board.js'

export class MqttDelivery implements DeliveryService {
  readonly #log: Log
  readonly #outbox: Log
  readonly #board = new StatusBoard('connecting')
  /** The tab with the connection tells the others its status. */
  readonly #tabs: BroadcastChannel
  readonly #stopped = new AbortController()
  readonly #carried: Promise<void>

  constructor(url: string, room: string) {
    const name = `delivery ${room} over ${url}`
    this.#log = new Log(name)
    this.#outbox = new Log(`${name}, out`)
    this.#tabs = new BroadcastChannel(`${name}, status`)
    const { signal } = this.#stopped
    // WebKit keeps the locks of some pages that were left, so it is released before.
    const left = new Promise<void>((resolve) => {
      addEventListener('pagehide', () => resolve(), { signal })
    })
    this.#carried = navigator.locks
      .request(name, { signal }, () => Promise.race([this.#carry(url, room), left]))
      .catch((error: unknown) => {
        if (!signal.aborted) reportError(error)
      })
    this.#tabs.addEventListener('message', ({ data }) => this.#hearTab(data), { signal })
    this.#tabs.postMessage('how is it?')
  }

  get status(): DeliveryStatus {
    return this.#board.status
  }

  onStatus(listener: (status: DeliveryStatus) => void): () => void {
    return this.#board.listen(listener)
  }

  subscribe(cursor: string | undefined, subscriber: Subscriber): () => void {
    const reading = new AbortController()
    const { signal: stopped } = reading
    this.#log
      .begun(stopped)
      .then(() => this.#log.read({ cursor, subscriber, stopped }))
      .catch(reportError)
    return () => reading.abort()
  }

  publish(parcels: readonly Posted[]): Promise<void> {
    return this.#outbox.put(
      parcels.map(({ id, bytes }) => ({ id, bytes: encodeFrame({ kind: 'parcel', id, bytes }) })),
    )
  }

  latest(limit: number): Promise<readonly Parcel[]> {
    return this.#log.latest(limit)
  }

  async close(): Promise<void> {
    this.#stopped.abort()
    await this.#carried
    this.#board.set('offline')
    this.#tabs.close()
    await Promise.all([this.#log.close(), this.#outbox.close()])
  }

  async #carry(url: string, room: string): Promise<void> {
    const { signal: stopped } = this.#stopped
    const onStatus = (status: DeliveryStatus): void => {
      this.#board.set(status)
      this.#tabs.postMessage(status)
    }
    const tell = ({ data }: MessageEvent): void => {
      if (data === 'how is it?') onStatus(this.status)
    }
    this.#tabs.addEventListener('message', tell, { signal: stopped })
    onStatus('connecting')
    await carry({ url, room, log: this.#log, outbox: this.#outbox, onStatus, stopped })
  }

  #hearTab(data: unknown): void {
    if (data === 'connecting' || data === 'online' || data === 'offline') this.#board.set(data)
  }
}
