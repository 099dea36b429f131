/** How members of a room reach each other. Above all, MLS needs the same order of commits for everybody. */

/** What is published. A parcel keeps its id, so it is there only once even if it is published again. */
export interface Posted {
  /** Random, chosen by the publisher. */
  readonly id: string
  readonly bytes: Uint8Array
}

export interface Parcel extends Posted {
  /** Where the parcel is in the order, for {@link DeliveryService.subscribe}. Of use in this browser only. */
  readonly cursor: string
}

/** Some parcels, and how many more are waiting. */
export interface Delivery {
  readonly parcels: readonly Parcel[]
  readonly remaining: number
}

/** Awaited before the next delivery. It must not reject; the subscriber handles its own errors. */
export type Subscriber = (delivery: Delivery) => Promise<void>

/** In `connecting` and `offline`, published parcels wait; in `offline`, until there is a network again. */
export type DeliveryStatus = 'connecting' | 'online' | 'offline'

/** One room's mail. All subscribers see all parcels in the same order, including their own and earlier ones. */
export interface DeliveryService {
  /**
   * Parcels after `cursor` (undefined: from the start), in order, then new ones as they come. The first delivery comes
   * at once, even if it is empty. Returns a function that stops.
   */
  subscribe(cursor: string | undefined, subscriber: Subscriber): () => void
  /**
   * Resolves when the parcels are stored. They will arrive in this order. A parcel that has already arrived under its id
   * stays as it is; one that still waits is replaced.
   */
  publish(parcels: readonly Posted[]): Promise<void>
  /** The last `limit` parcels. */
  latest(limit: number): Promise<readonly Parcel[]>
  readonly status: DeliveryStatus
  /** Returns a function that stops. */
  onStatus(listener: (status: DeliveryStatus) => void): () => void
  close(): Promise<void>
}
