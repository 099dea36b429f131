import type { OracleMember, Revision } from '../oracle/oracle.js'
import { type Bytes, concat } from '../oracle/wire.js'
import { type MessageParts, type Rewriting, rewrite } from './message-parts.js'

/** What a recipient says to a variant: that it opens, or the code of the refusal. */
export type Outcome =
  | 'opens'
  | 'malformed'
  | 'sender-auth-data'
  | 'signature'
  | 'content'
  | 'not-for-this-member'

export interface Variant {
  readonly name: string
  /** What GroupEpoch.open says, which knows no replays. */
  readonly outcome: (revision: Revision) => Outcome
  readonly make: (mallory: OracleMember, message: Bytes) => Promise<Bytes>
}

export const flip = (bytes: Bytes, at: number): Bytes => {
  const out = bytes.slice()
  const index = at < 0 ? bytes.length + at : at
  out[index] = (out[index] ?? 0) ^ 0x80
  return out
}
export const append = (bytes: Bytes): Bytes => concat(bytes, Uint8Array.of(0))

export const variant = (
  name: string,
  outcome: Outcome | Variant['outcome'],
  change: (parts: MessageParts, mallory: OracleMember) => Rewriting | Promise<Rewriting>,
): Variant => ({
  name,
  outcome: typeof outcome === 'string' ? () => outcome : outcome,
  make: (mallory, message) => rewrite(mallory, message, (parts) => change(parts, mallory)),
})

export const onWire = (name: string, outcome: Outcome, change: (message: Bytes) => Bytes): Variant => ({
  name,
  outcome: () => outcome,
  make: async (_, message) => change(message),
})
