import type { DeliveryService, DeliveryStatus, Parcel } from './delivery-service.js'
import { Log } from './log.js'
import { StatusBoard } from './status-board.js'

/** Between the tabs of one origin, without a server. */
export class LocalDelivery implements DeliveryService {
  readonly #log: Log
  readonly #board = new StatusBoard('online')

  constructor(room: string) {
    this.#log = new Log(`delivery ${room}`)
  }

  get status(): DeliveryStatus {
    return this.#board.status
  }

  onStatus(listener: (status: DeliveryStatus) => void): () => void {
    return this.#board.listen(listener)
  }

  async subscribe(
    cursor: string | undefined,
    handler: (parcel: Parcel) => Promise<void>,
  ): Promise<() => void> {
    const reading = new AbortController()
    this.#log.read({ cursor, handler, stopped: reading.signal }).catch(reportError)
    return () => reading.abort()
  }

  publish(bytes: Uint8Array): Promise<void> {
    return this.#log.append({ id: crypto.randomUUID(), bytes })
  }

  clear(): Promise<void> {
    return this.#log.clear()
  }

  async close(): Promise<void> {
    this.#board.set('offline')
    await this.#log.close()
  }
}
