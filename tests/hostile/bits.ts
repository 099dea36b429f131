import { flipBit, type Place, placesOf } from './fields.js'
import type { Code, Hostile } from './hostile.js'
import type { Target } from './target.js'

/** What refuses a message with this bit changed. */
function codesOf({ revision, sampleLength }: Target, { field, part, index }: Place, bit: number): Code[] {
  switch (field) {
    case 'version':
    case 'wireFormat':
      return ['malformed']
    case 'groupId':
      // With another length all that follows is something else; if it reads at all, the group is another.
      return part === 'prefix' ? ['malformed', 'unknown-group'] : ['unknown-group']
    case 'epoch':
      // Of epoch 6, bits 1 and 2 are set.
      return [index === 7 && [1, 2].includes(bit) ? 'epoch-expired' : 'epoch-ahead']
    case 'recipientLeafIndex':
      return ['not-for-this-member']
    case 'authenticatedData':
      return part === 'prefix' ? ['malformed', 'sender-auth-data'] : ['signature']
    case 'encryptedSenderAuthData':
      return part === 'prefix' ? ['malformed', 'sender-auth-data'] : ['sender-auth-data']
    case 'ciphertext':
      if (part === 'prefix') return ['malformed']
      if (index < sampleLength) return ['sender-auth-data']
      return [revision === '00' ? 'content' : 'signature']
  }
}

/** Every bit of the message, one at a time. */
export const flips = (of: Target): Hostile[] =>
  placesOf(of.message).flatMap((place, at) =>
    Array.from({ length: 8 }, (_, bit) => ({
      name: `bit ${bit} of byte ${at}, ${place.field} ${place.part}`,
      bytes: flipBit(of.message, 8 * at + bit),
      codes: codesOf(of, place, bit),
    })),
  )
