import { type OpenedMessage, type Revision, TargetedMessageError } from 'mls-targeted-messages'
import { hex } from '../tests/support/hex.js'
import type { Content, Voice, VoiceKind } from './member.js'
import { OpenMlsRefusal } from './peer-process.js'
import type { Tally } from './tally.js'

export type Said = Omit<Content, 'recipientLeafIndex'>

export const bitChanged = ', a bit changed: refused'

/** What is counted, by the names that the tables have. */
export const checks = {
  course: 'the group gets through all commits',
  whisper: (revision: Revision, from: VoiceKind, to: VoiceKind) => `revision ${revision}: ${from} to ${to}`,
  sizes: 'from 0 bytes to 64 KiB, with and without authenticated data',
  bits: (from: VoiceKind, to: VoiceKind) => `${from} to ${to}${bitChanged}`,
  late: 'a message of the epoch before: refused in the new one',
  kept: 'a message of the epoch before: opened by an epoch of ours that was kept',
  removed: 'who was removed refuses what comes after',
} as const

/** Of docs/bring-your-own-stack.md. */
export const guideChecks = {
  sample: 'the sample runs as it stands, OpenMLS being the stack',
  members: '`MlsGroup::members()` does in the place of the tree',
} as const

const text = (said: string) => new TextEncoder().encode(said)
const nothing = new Uint8Array()

/** In every epoch. */
export const short: readonly Said[] = [
  { applicationData: text('only you can read this'), authenticatedData: nothing },
  { applicationData: text('and this'), authenticatedData: text('seen by all, changed by none') },
]

/** In the first epoch and in the last: on both sides of the lengths at which a prefix grows (RFC 9420 section 2.1.2). */
export const ofAllSizes: readonly Said[] = [0, 1, 63, 64, 16_383, 16_384, 65_535, 65_536].flatMap((length) =>
  [nothing, text('seen by all'), pattern(20_000)].map((authenticatedData) => ({
    applicationData: pattern(length),
    authenticatedData,
  })),
)

/** Bytes that are not all alike. */
function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) & 0xff)
}

/** Every voice to every voice of the same revision that is another member's. */
export const pairsOf = (voices: readonly Voice[]): [Voice, Voice][] =>
  voices.flatMap((from) =>
    voices
      .filter((to) => to.revision === from.revision && to.leafIndex !== from.leafIndex)
      .map((to): [Voice, Voice] => [from, to]),
  )

/** Seals, opens, and compares everything. Returns the message. */
export async function whisper(from: Voice, to: Voice, said: Said): Promise<Uint8Array> {
  const message = await from.seal({ ...said, recipientLeafIndex: to.leafIndex })
  const opened = await to.open(message)
  const wanted = { ...said, senderLeafIndex: from.leafIndex }
  if (summary(opened) !== summary(wanted)) throw new Error('opened something else than what was sealed')
  return message
}

const summary = ({ senderLeafIndex, applicationData, authenticatedData }: OpenedMessage | Whispered) =>
  [senderLeafIndex, hex(applicationData), hex(authenticatedData)].join()

type Whispered = Said & Pick<OpenedMessage, 'senderLeafIndex'>

/** Passes if the message is refused properly, and not because a program crashed. */
export async function refuses(voice: Voice, message: Uint8Array): Promise<void> {
  try {
    await voice.open(message)
  } catch (error) {
    if (error instanceof TargetedMessageError || error instanceof OpenMlsRefusal) return
    throw error
  }
  throw new Error('opened what is to be refused')
}

/** Each bit of a message, one at a time; of a long one, with its post-quantum parts, a thousand from end to end. */
export async function changeBits(tally: Tally, from: Voice, to: Voice): Promise<void> {
  const [, said] = short
  if (said === undefined) throw new Error('there is nothing to say')
  const what = checks.bits(from.kind, to.kind)
  const message = await tally.prepare(what, () => whisper(from, to, said))
  if (message === undefined) return
  for (const bit of bitsOf(message)) {
    const changed = message.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
    await tally.check(what, () => refuses(to, changed))
  }
}

function bitsOf({ length }: Uint8Array): number[] {
  // An odd step comes to all eight bits of a byte.
  const step = length > 1_000 ? Math.floor((8 * length) / 1_000) | 1 : 1
  return Array.from({ length: Math.ceil((8 * length) / step) }, (_, i) => i * step)
}
