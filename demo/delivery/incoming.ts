import type { IPublishPacket, MqttClient } from 'mqtt'
import type { Posted } from './delivery-service.js'
import { decodeFrame, decodeHistory, encodeFrame, encodeHistory, type Frame } from './frames.js'
import type { Log } from './log.js'

/** How long a member waits for the parcels of others, who may all be away. In milliseconds. */
const patience = 3_000

export interface IncomingOptions {
  readonly client: MqttClient
  readonly clientId: string
  readonly log: Log
  readonly room: string
  /** A parcel has its place in the order. */
  readonly onParcel: (id: string) => Promise<void>
  readonly stopped: AbortSignal
}

interface Outgoing {
  readonly topic: string
  readonly bytes: Uint8Array
  /** Whether the broker keeps it for those who subscribe later. */
  readonly retain: boolean
}

/** What a broker delivers, and how members get earlier parcels from each other: newcomers, and all after a broker ended. */
export class Incoming {
  readonly #base: string
  readonly #topics: { readonly log: string; readonly begun: string }
  readonly #client: MqttClient
  readonly #clientId: string
  readonly #log: Log
  readonly #onParcel: (id: string) => Promise<void>
  readonly #stopped: AbortSignal
  #hasElders = false
  #caughtUp = (): void => {}

  constructor({ client, clientId, log, room, onParcel, stopped }: IncomingOptions) {
    this.#base = `mls-targeted-messages/${encodeURIComponent(room)}`
    this.#topics = { log: `${this.#base}/log`, begun: `${this.#base}/begun` }
    this.#client = client
    this.#clientId = clientId
    this.#log = log
    this.#onParcel = onParcel
    this.#stopped = stopped
  }

  /** Resolves when the broker has it. */
  publish(where: 'log' | 'begun', bytes: Uint8Array): Promise<void> {
    return this.#send({ topic: this.#topics[where], bytes, retain: where === 'begun' })
  }

  /** The first step on each connection. `isKnown`: the broker has kept what came since the last connection. */
  async greet({ isKnown }: { readonly isKnown: boolean }): Promise<void> {
    const { log, begun } = this.#topics
    await this.#client.subscribeAsync([begun, this.#historyFor(this.#clientId), log], { qos: 1 })
    const hasBegun = await this.#log.hasBegun()
    if (hasBegun && isKnown) return
    // A broker that was restarted has forgotten the mark as well.
    if (hasBegun) await this.publish('begun', Uint8Array.of(1))
    const caughtUp = new Promise<void>((resolve) => {
      this.#caughtUp = resolve
      this.#stopped.addEventListener('abort', () => resolve())
    })
    // The request takes its place in the order, so everybody knows which parcels came before it.
    await this.publish('log', encodeFrame({ kind: 'ask', id: this.#clientId, bytes: new Uint8Array() }))
    await caughtUp
  }

  /** One packet after the other. It must not wait for its own packets, because meanwhile nothing else is received. */
  async take({ topic, payload }: IPublishPacket): Promise<void> {
    // A copy: the buffer may hold other packets too.
    const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : Uint8Array.from(payload)
    if (topic === this.#topics.begun) this.#hasElders = true
    else if (topic === this.#topics.log) await this.#takeFrame(decodeFrame(bytes))
    else await this.#takeHistory(decodeHistory(bytes))
  }

  async #takeFrame(frame: Frame | undefined): Promise<void> {
    if (frame?.kind === 'parcel') {
      await this.#log.append([{ id: frame.id, bytes: frame.bytes }])
      await this.#onParcel(frame.id)
    }
    if (frame?.kind === 'ask' && frame.id === this.#clientId) await this.#awaitHistory()
    else if (frame?.kind === 'ask') await this.#tellHistory(frame.id)
  }

  /** The mark is retained, so a newcomer has received it before the request comes back. */
  async #awaitHistory(): Promise<void> {
    if (!this.#hasElders) return this.#takeHistory([])
    const goOn = (): void => void this.#takeHistory([]).catch(reportError)
    const timer = setTimeout(goOn, patience)
    this.#stopped.addEventListener('abort', () => clearTimeout(timer))
  }

  async #takeHistory(history: readonly Posted[]): Promise<void> {
    await ((await this.#log.hasBegun()) ? this.#merge(history) : this.#begin(history))
    this.#caughtUp()
  }

  /** A broker that ends loses what it has not delivered to everybody, so members give each other what they lack. */
  async #merge(history: readonly Posted[]): Promise<void> {
    if (history.length === 0) return
    const ids = new Set(history.map(({ id }) => id))
    const own = (await this.#log.entries()).filter(({ id }) => !ids.has(id))
    await this.#log.append(history)
    for (const { id, bytes } of own) {
      this.publish('log', encodeFrame({ kind: 'parcel', id, bytes })).catch(() => {})
    }
  }

  async #tellHistory(newcomer: string): Promise<void> {
    if (!(await this.#log.hasBegun())) return
    const history = encodeHistory(await this.#log.entries())
    const topic = this.#historyFor(newcomer)
    // Another member answers as well, or nobody is listening any more.
    this.#send({ topic, bytes: history, retain: false }).catch(() => {})
  }

  /** The mark goes out before any parcel of ours, so later members find it or receive our parcels. */
  async #begin(history: readonly Posted[]): Promise<void> {
    this.publish('begun', Uint8Array.of(1)).catch(() => {})
    await this.#log.begin(history)
  }

  #historyFor(clientId: string): string {
    return `${this.#base}/history/${clientId}`
  }

  async #send({ topic, bytes, retain }: Outgoing): Promise<void> {
    // mqtt takes any Uint8Array, but its types name only Node's Buffer.
    await this.#client.publishAsync(topic, bytes as Buffer, { qos: 1, retain })
  }
}
