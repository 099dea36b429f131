import type { IPublishPacket, MqttClient } from 'mqtt'
import { decodeFrame, decodeHistory, encodeFrame, encodeHistory, type Frame } from './frames.js'
import type { Log } from './log.js'

/** How long a newcomer waits for older members, who may all be away. In milliseconds. */
const patience = 3_000

export interface IncomingOptions {
  readonly client: MqttClient
  readonly clientId: string
  readonly log: Log
  readonly room: string
  readonly stopped: AbortSignal
}

interface Outgoing {
  readonly topic: string
  readonly bytes: Uint8Array
  /** Whether the broker keeps it for those who subscribe later. */
  readonly retain: boolean
}

/** What a broker delivers, and how a newcomer gets the earlier parcels. */
export class Incoming {
  readonly #base: string
  readonly #topics: { readonly log: string; readonly begun: string }
  readonly #client: MqttClient
  readonly #clientId: string
  readonly #log: Log
  readonly #stopped: AbortSignal
  #hasElders = false

  constructor({ client, clientId, log, room, stopped }: IncomingOptions) {
    this.#base = `mls-targeted-messages/${encodeURIComponent(room)}`
    this.#topics = { log: `${this.#base}/log`, begun: `${this.#base}/begun` }
    this.#client = client
    this.#clientId = clientId
    this.#log = log
    this.#stopped = stopped
  }

  /** Resolves when the broker has it. */
  publish(where: 'log' | 'begun', bytes: Uint8Array): Promise<void> {
    return this.#send({ topic: this.#topics[where], bytes, retain: where === 'begun' })
  }

  /** The first step on each connection. */
  async greet(): Promise<void> {
    const { log, begun } = this.#topics
    await this.#client.subscribeAsync([begun, this.#historyFor(this.#clientId), log], { qos: 1 })
    if (await this.#log.hasBegun()) return
    // The request takes its place in the order, so everybody knows which parcels came before it.
    await this.publish('log', encodeFrame({ kind: 'ask', id: this.#clientId, bytes: new Uint8Array() }))
    await this.#log.begun(this.#stopped)
  }

  /** One packet after the other. It must not wait for its own packets, because meanwhile nothing else is received. */
  async take({ topic, payload }: IPublishPacket): Promise<void> {
    // A copy: the buffer may hold other packets too.
    const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : Uint8Array.from(payload)
    if (topic === this.#topics.begun) this.#hasElders = true
    else if (topic === this.#topics.log) await this.#takeFrame(decodeFrame(bytes))
    else await this.#begin(decodeHistory(bytes))
  }

  async #takeFrame(frame: Frame | undefined): Promise<void> {
    if (frame?.kind === 'parcel') await this.#log.append([{ id: frame.id, bytes: frame.bytes }])
    if (frame?.kind === 'ask' && frame.id === this.#clientId) await this.#awaitHistory()
    else if (frame?.kind === 'ask') await this.#tellHistory(frame.id)
  }

  /** The mark is retained, so it arrived before the request came back. */
  async #awaitHistory(): Promise<void> {
    if (!this.#hasElders) return this.#begin([])
    const begin = (): void => void this.#begin([]).catch(reportError)
    const timer = setTimeout(begin, patience)
    this.#stopped.addEventListener('abort', () => clearTimeout(timer))
  }

  async #tellHistory(newcomer: string): Promise<void> {
    if (!(await this.#log.hasBegun())) return
    const history = encodeHistory(await this.#log.entries())
    const topic = this.#historyFor(newcomer)
    // Another member answers as well, or nobody is listening any more.
    this.#send({ topic, bytes: history, retain: false }).catch(() => {})
  }

  /** The mark goes out before any parcel of ours, so later members find it or receive our parcels. */
  async #begin(history: Parameters<Log['begin']>[0]): Promise<void> {
    if (await this.#log.hasBegun()) return
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
