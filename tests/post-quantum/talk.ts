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

/** A message that arrived, and who sealed and opened it. */
export interface Arrival {
  readonly suite: number
  readonly revision: Revision
  readonly sealed: Way
  readonly opened: Way
  /** Of the message, in bytes. */
  readonly length: number
}

const text = 'only you can read this'

/** In a real group of this suite, everybody talks to everybody in every way that this engine has. */
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
        const message = await sender.seal({
          recipientLeafIndex: 1,
          applicationData: new TextEncoder().encode(text),
        })
        const { applicationData, senderLeafIndex } = await recipient.open(message)
        const heard = new TextDecoder().decode(applicationData)
        if (heard !== text || senderLeafIndex !== 0) throw new Error(`${heard} of ${senderLeafIndex}`)
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
