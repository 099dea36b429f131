import type { DeliveryStatus } from './delivery-service.js'

/** The status, and its listeners. */
export class StatusBoard {
  readonly #listeners = new Set<(status: DeliveryStatus) => void>()
  #status: DeliveryStatus

  constructor(status: DeliveryStatus) {
    this.#status = status
  }

  get status(): DeliveryStatus {
    return this.#status
  }

  set(status: DeliveryStatus): void {
    if (status === this.#status) return
    this.#status = status
    for (const listener of this.#listeners) listener(status)
  }

  listen(listener: (status: DeliveryStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
