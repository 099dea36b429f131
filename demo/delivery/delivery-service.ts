/** How members of a room reach each other. MLS needs of it one thing above all: one order of commits for everybody. */

/** What is published. A parcel keeps its id for its life: published again, it is still there once. */
export interface Posted {
  /** Random, chosen by who publishes. */
  readonly id: string
  readonly bytes: Uint8Array
}

export interface Parcel extends Posted {
  /** Where the parcel is in the order, for {@link DeliveryService.subscribe}. Of use in this browser only. */
  readonly cursor: string
}

/** Some parcels, and how many more are there already. */
export interface Delivery {
  readonly parcels: readonly Parcel[]
  readonly remaining: number
}

/** Awaited before the next delivery. It must not reject: what cannot be taken is the subscriber's own matter. */
export type Subscriber = (delivery: Delivery) => Promise<void>

/** `connecting`: what is published waits; `offline`: as well, until there is a network again. */
export type DeliveryStatus = 'connecting' | 'online' | 'offline'

/** One room's mail. All subscribers see all parcels in one and the same order, their own among them, also those from before they came. */
export interface DeliveryService {
  /**
   * Parcels after `cursor` (undefined: from the start), in order, then new ones as they come. The first delivery comes
   * at once, also if it is empty. Returns a function that stops.
   */
  subscribe(cursor: string | undefined, subscriber: Subscriber): () => void
  /**
   * Resolves when the parcels are kept: they arrive, sooner or later, in this order. A parcel that has arrived under
   * its id stays as it is; one that still waits is replaced.
   */
  publish(parcels: readonly Posted[]): Promise<void>
  /** The last `limit` parcels. */
  latest(limit: number): Promise<readonly Parcel[]>
  readonly status: DeliveryStatus
  /** Returns a function that stops. */
  onStatus(listener: (status: DeliveryStatus) => void): () => void
  close(): Promise<void>
}
