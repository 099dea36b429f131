import type { OracleMember } from '../oracle/oracle.js'
import { signWithLabel } from '../oracle/sign.js'
import { signatureLabel, toBeSigned } from '../oracle/structures.js'
import { suiteOf } from '../oracle/suites.js'
import { concat, opaque, uint16, uint32 } from '../oracle/wire.js'
import { isEcSuite } from './ecdsa.js'
import type { MessageParts, Rewriting } from './message-parts.js'
import { ofEd25519, ofP256, ofX25519 } from './replay-malleations.js'
import { append, flip, onWire, type Variant, variant } from './replay-variant.js'

/** Mallory signs the message as if it were from him. */
async function signedByMallory(parts: MessageParts, mallory: OracleMember): Promise<Rewriting> {
  const suite = suiteOf(mallory.cipherSuite)
  const senderLeafIndex = mallory.self.leafIndex
  const tbs = await toBeSigned(suite, mallory, { ...parts, senderLeafIndex }, parts.ciphertext)
  const publicKey = mallory.members.find((leaf) => leaf.leafIndex === senderLeafIndex)?.signatureKey
  const keys = {
    privateKey: mallory.self.signaturePrivateKey,
    publicKey: publicKey ?? new Uint8Array(),
  }
  return { senderLeafIndex, signature: await signWithLabel(suite, keys, signatureLabel, tbs) }
}

const inSuites: Variant[] = [
  onWire('as it is', 'opens', (message) => message.slice()),
  variant('sender auth data encrypted again', 'opens', () => ({})),
  variant('claimed by another sender', 'signature', (_, mallory) => ({
    senderLeafIndex: mallory.self.leafIndex,
  })),
  variant('signed by another sender', 'content', signedByMallory),
  variant('other authenticated data', 'signature', () => ({ authenticatedData: Uint8Array.of(1) })),
  variant('to another recipient', 'not-for-this-member', (_, { self }) => ({
    recipientLeafIndex: self.leafIndex,
  })),
  variant(
    'another tag on the ciphertext',
    (revision) => (revision === '00' ? 'content' : 'signature'),
    ({ ciphertext }) => ({ ciphertext: flip(ciphertext, -1) }),
  ),
  variant(
    'a longer ciphertext',
    (revision) => (revision === '00' ? 'content' : 'signature'),
    ({ ciphertext }) => ({ ciphertext: append(ciphertext) }),
  ),
  variant('another KEM output', 'signature', ({ kemOutput }) => ({ kemOutput: flip(kemOutput, -1) })),
  variant('a longer KEM output', 'signature', ({ kemOutput }) => ({ kemOutput: append(kemOutput) })),
  variant('a longer signature', 'signature', ({ signature }) => ({ signature: append(signature) })),
  variant('a byte after the sender auth data', 'malformed', ({ senderLeafIndex, signature, kemOutput }) => ({
    senderAuthData: append(concat(uint32(senderLeafIndex), opaque(signature), opaque(kemOutput))),
  })),
  variant('a longer length in the sender auth data', 'malformed', (parts) => {
    const { senderLeafIndex, signature, kemOutput } = parts
    const length = concat(uint16(0x8000), uint16(signature.length))
    return {
      senderAuthData: concat(uint32(senderLeafIndex), length, signature, opaque(kemOutput)),
    }
  }),
  variant('a byte after the encrypted sender auth data', 'sender-auth-data', () => ({ encrypted: append })),
  onWire('a byte after the message', 'malformed', append),
  onWire('a longer length of the group id', 'malformed', (message) =>
    concat(message.slice(0, 4), uint16(0x4000 | (message[4] ?? 0)), message.slice(5)),
  ),
  onWire('another version', 'malformed', (message) => flip(message, 1)),
]

/** Suites whose KEM output is a key of X25519, or ends with one. */
const endsInX25519: readonly number[] = [1, 0xf101]

/** What a member can make of a message that he saw, without the sender's keys and the recipient's. */
export const replayVariants = (cipherSuite: number): readonly Variant[] => [
  ...inSuites,
  ...(isEcSuite(cipherSuite) ? ofP256 : ofEd25519),
  ...(endsInX25519.includes(cipherSuite) ? ofX25519 : []),
]
