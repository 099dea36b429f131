// What others try with a message, or instead of its sender.
import { inspect } from 'mls-targeted-messages'

/**
 * @typedef {import('mls-targeted-messages/ts-mls').TsMlsGroupEpochOptions} EpochOptions
 * @typedef {import('mls-targeted-messages').InspectedField} Field
 */

/**
 * A copy with the last bit of one field turned.
 *
 * @param {Uint8Array} message
 * @param {Field} field
 */
export function tampered(message, { offset, length }) {
  const copy = Uint8Array.from(message)
  const last = offset + length - 1
  copy[last] = (copy[last] ?? 0) ^ 1
  return copy
}

/**
 * A copy with another recipient in the header.
 *
 * @param {Uint8Array} message
 * @param {number} leafIndex
 */
export function readdressed(message, leafIndex) {
  const copy = Uint8Array.from(message)
  const field = inspect(copy).find(({ name }) => name === 'recipientLeafIndex')
  if (field) new DataView(copy.buffer).setUint32(field.offset, leafIndex)
  return copy
}

/**
 * `view` of a group in the hands of somebody who claims a leaf with key pairs of their own. A malicious client can do
 * this; what stops it is that all others keep the real keys.
 *
 * @param {EpochOptions} view
 * @param {number} leafIndex The leaf that is claimed.
 * @param {EpochOptions} own Where the key pairs come from.
 * @returns {EpochOptions}
 */
export function impostor(view, leafIndex, own) {
  const ownMember = own.members.find((member) => member.leafIndex === own.self.leafIndex)
  const members = view.members.map((member) =>
    member.leafIndex === leafIndex ? { ...member, ...ownMember, leafIndex } : member,
  )
  return { ...view, members, self: { ...own.self, leafIndex } }
}

/**
 * What an outsider has at best: everything public, and a guess of the secret.
 *
 * @param {EpochOptions} view
 * @param {number} leafIndex The leaf that is claimed.
 * @param {EpochOptions} own Where the key pairs come from.
 * @returns {EpochOptions}
 */
export function outsider(view, leafIndex, own) {
  const exporterSecret = crypto.getRandomValues(new Uint8Array(view.exporterSecret.length))
  return { ...impostor(view, leafIndex, own), exporterSecret }
}
