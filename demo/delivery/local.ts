import type { DeliveryService, DeliveryStatus, Parcel, Posted, Subscriber } from './delivery-service.js'
import { Log } from './log.js'
import { StatusBoard } from './status-board.js'

/** The database with the parcels of a room. */
export const localDatabase = (room: string): string => `delivery ${room}`

/** Between the tabs of one origin, without a server. */
export class LocalDelivery implements DeliveryService {
  readonly #log: Log
  readonly #board = new StatusBoard('online')

  constructor(room: string) {
    this.#log = new Log(localDatabase(room))
  }

  get status(): DeliveryStatus {
    return this.#board.status
  }

  onStatus(listener: (status: DeliveryStatus) => void): () => void {
    return this.#board.listen(listener)
  }

  subscribe(cursor: string | undefined, subscriber: Subscriber): () => void {
    const reading = new AbortController()
    this.#log.read({ cursor, subscriber, stopped: reading.signal }).catch(reportError)
    return () => reading.abort()
  }

  publish(parcels: readonly Posted[]): Promise<void> {
    return this.#log.append(parcels)
  }

  latest(limit: number): Promise<readonly Parcel[]> {
    return this.#log.latest(limit)
  }

  async close(): Promise<void> {
    this.#board.set('offline')
    await this.#log.close()
  }
}
