import type { TargetedMessageErrorCode } from '../../lib/index.js'
import { readFields, type WireFields, writeFields } from './structure.js'

/** The fields that one message can take from another. */
const names = [
  'groupId',
  'epoch',
  'recipientLeafIndex',
  'authenticatedData',
  'encryptedSenderAuthData',
  'ciphertext',
] as const satisfies (keyof WireFields)[]

type Name = (typeof names)[number]

/** A message with some of its fields from another. */
export interface Splice {
  /** From the other, though it may say the same. */
  readonly taken: ReadonlySet<Name>
  /** Those of them that say something else. */
  readonly differing: ReadonlySet<Name>
  readonly bytes: Uint8Array
}

/** Every way to put fields of `other` into `message` that leaves something else than `message`. */
export function splices(message: Uint8Array, other: Uint8Array): Splice[] {
  const [own, foreign] = [readFields(message), readFields(other)]
  const differs = (name: Name) => String(own[name]) !== String(foreign[name])
  return Array.from({ length: 2 ** names.length }, (_, mask) => {
    const taken = new Set(names.filter((_, i) => (mask >> i) & 1))
    const differing = new Set([...taken].filter(differs))
    const fields = Object.fromEntries([...taken].map((name) => [name, foreign[name]]))
    return { taken, differing, bytes: writeFields({ ...own, ...fields }) }
  }).filter(({ differing }) => differing.size > 0)
}

/** How the other message, with other authenticated data, is related to the first. */
export interface Relation {
  /** Of its epoch, where that is another. */
  readonly epochCode?: 'epoch-ahead' | 'epoch-expired'
  /**
   * What refuses the other one, with its own authenticated data, under the header of the first: 'opens' where nothing
   * does, because the recipient is the same.
   */
  readonly code: 'sender-auth-data' | 'signature' | 'content' | 'opens'
}

/** What refuses a splice: the first check that sees a difference. */
export function outcomeOf(
  { taken, differing }: Splice,
  { epochCode, code }: Relation,
): TargetedMessageErrorCode | 'opens' {
  if (differing.has('groupId')) return 'unknown-group'
  if (differing.has('epoch') && epochCode) return epochCode
  if (differing.has('recipientLeafIndex')) return 'not-for-this-member'
  const isForeign = taken.has('encryptedSenderAuthData')
  if (isForeign !== taken.has('ciphertext')) return 'sender-auth-data'
  // The sender signed its own authenticated data.
  return isForeign && (code === 'sender-auth-data' || taken.has('authenticatedData')) ? code : 'signature'
}
