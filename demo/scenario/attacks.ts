/** What others try with a message, or instead of its sender. */

import { type InspectedField, inspect } from 'mls-targeted-messages'
import type { TsMlsGroupEpochOptions } from 'mls-targeted-messages/ts-mls'

/** A copy with the last bit of one field changed. */
export function tampered(message: Uint8Array, { offset, length }: InspectedField): Uint8Array {
  const copy = Uint8Array.from(message)
  const last = offset + length - 1
  copy[last] = (copy[last] ?? 0) ^ 1
  return copy
}

/** A copy with another recipient in the header. */
export function readdressed(message: Uint8Array, leafIndex: number): Uint8Array {
  const copy = Uint8Array.from(message)
  const field = inspect(copy).find(({ name }) => name === 'recipientLeafIndex')
  if (field) new DataView(copy.buffer).setUint32(field.offset, leafIndex)
  return copy
}

/**
 * `view` of a group in the hands of somebody who claims `leafIndex` with the key pairs of `own`. A malicious client can
 * do this; what stops it is that all others keep the real keys.
 */
export function impostor(
  view: TsMlsGroupEpochOptions,
  leafIndex: number,
  own: TsMlsGroupEpochOptions,
): TsMlsGroupEpochOptions {
  const ownMember = own.members.find((member) => member.leafIndex === own.self.leafIndex)
  const members = view.members.map((member) =>
    member.leafIndex === leafIndex ? { ...member, ...ownMember, leafIndex } : member,
  )
  return { ...view, members, self: { ...own.self, leafIndex } }
}

/** What an outsider has at best: everything public, and a guess at the secret. */
export function outsider(
  view: TsMlsGroupEpochOptions,
  leafIndex: number,
  own: TsMlsGroupEpochOptions,
): TsMlsGroupEpochOptions {
  const exporterSecret = crypto.getRandomValues(new Uint8Array(view.exporterSecret.length))
  return { ...impostor(view, leafIndex, own), exporterSecret }
}
