import type { DeliveryService, DeliveryStatus, Parcel } from './delivery-service.js'
import { Log } from './log.js'

/** Between the tabs of one origin, without a server. */
export class LocalDelivery implements DeliveryService {
  readonly #log: Log
  readonly #listeners = new Set<(status: DeliveryStatus) => void>()
  #status: DeliveryStatus = 'online'

  constructor(room: string) {
    this.#log = new Log(`delivery ${room}`)
  }

  get status(): DeliveryStatus {
    return this.#status
  }

  onStatus(listener: (status: DeliveryStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async subscribe(
    cursor: string | undefined,
    handler: (parcel: Parcel) => Promise<void>,
  ): Promise<() => void> {
    return this.#log.follow(cursor, handler)
  }

  publish(bytes: Uint8Array): Promise<void> {
    return this.#log.append(bytes)
  }

  clear(): Promise<void> {
    return this.#log.clear()
  }

  async close(): Promise<void> {
    this.#status = 'offline'
    for (const listener of this.#listeners) listener(this.#status)
    await this.#log.close()
  }
}
