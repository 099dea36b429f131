import { GroupEpoch, type Revision } from 'mls-targeted-messages'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import {
  createMlsGroup,
  type MlsStack,
  type MlsState,
  type PostQuantumSuite,
  stateOf,
} from '../support/groups/groups.js'
import { revisions } from '../support/suites.js'
import { aeadForChaCha, type KemId, kemsFor, plugInSignatures, type Way } from './ways.js'

/** The KEM of each suite of ts-mls, by its number in 1.x. */
export const kemIds: Record<PostQuantumSuite, KemId> = {
  77: 0x40,
  78: 0x40,
  79: 0x41,
  80: 0x41,
  81: 0x42,
  82: 0x42,
  83: 0x647a,
  84: 0x647a,
  85: 0x42,
  86: 0x42,
  87: 0x647a,
  88: 0x647a,
}

/** A message of Alice that arrived, and who sealed and opened it; one of Bob came back. */
export interface Arrival {
  readonly suite: number
  readonly revision: Revision
  readonly sealed: Way
  readonly opened: Way
  /** Of the message, in bytes. */
  readonly length: number
}

const text = 'only you can read this'
const beside = 'that it is for you'
const bytesOf = (string: string) => new TextEncoder().encode(string)
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** Throws unless a message arrives as it was, and nothing that was changed does. Returns it. */
export async function send(from: GroupEpoch, to: GroupEpoch): Promise<Uint8Array> {
  const message = await from.seal({
    recipientLeafIndex: to.leafIndex,
    applicationData: bytesOf(text),
    authenticatedData: bytesOf(beside),
  })
  const opened = await to.open(message)
  const { senderLeafIndex } = opened
  const [heard, seen] = [textOf(opened.applicationData), textOf(opened.authenticatedData)]
  if (heard !== text || seen !== beside || senderLeafIndex !== from.leafIndex) {
    throw new Error(`${heard} and ${seen} of ${senderLeafIndex}`)
  }
  const adAt = 4 + 1 + to.groupId.length + 8 + 4 + 1
  for (const at of [adAt, message.length >> 1, message.length - 1]) {
    const changed = message.map((byte, i) => (i === at ? byte ^ 1 : byte))
    const name = await to.open(changed).then(
      () => 'nothing',
      (error: Error) => error.name,
    )
    if (name !== 'TargetedMessageError') throw new Error(`${name} for a change of byte ${at}`)
  }
  return message
}

/** In a real group of this suite, both talk to each other in every way that this engine has. */
export async function talkInSuite<State extends MlsState & Parameters<typeof fromTsMls>[0]>(
  stack: MlsStack<State>,
  cipherSuite: PostQuantumSuite,
): Promise<Arrival[]> {
  const group = await createMlsGroup({ stack, cipherSuite, members: ['alice', 'bob'] })
  const [alice, bob] = [stateOf(group, 'alice'), stateOf(group, 'bob')]
  const kems = await kemsFor(kemIds[cipherSuite])
  const parts = { aead: await aeadForChaCha(), signature: plugInSignatures['ML-DSA-87'] }
  const arrivals: Arrival[] = []
  for (const revision of revisions) {
    for (const sealing of kems) {
      const sender = await GroupEpoch.create({
        ...fromTsMls(alice, { ...parts, kem: sealing.kem }),
        revision,
      })
      for (const opening of kems) {
        const given = { ...fromTsMls(bob, { ...parts, kem: opening.kem }), revision }
        const recipient = await GroupEpoch.create(given)
        const message = await send(sender, recipient)
        await send(recipient, sender)
        arrivals.push({
          suite: sender.cipherSuite,
          revision,
          sealed: sealing.way,
          opened: opening.way,
          length: message.length,
        })
      }
    }
  }
  return arrivals
}
