import { type Couple, couple } from '../epochs.js'
import { suiteOf } from '../oracle/suites.js'
import { text } from '../oracle/wire.js'
import type { Revision } from '../oracle.js'

export interface Combination {
  readonly revision: Revision
  readonly cipherSuite: number
}

/** Long enough that it is nowhere by chance. */
export const secret = text('whispered')
export const authenticatedData = text('ad')

/** A message to bob that everything is done to. */
export interface Target extends Couple, Combination {
  readonly message: Uint8Array<ArrayBuffer>
  /** Of KDF.Nh bytes, which are the sample for the sender auth data's key. */
  readonly sampleLength: number
}

/** Short, with two bytes of ciphertext outside the sample. */
export async function target(combination: Combination): Promise<Target> {
  const group = await couple({ ...combination, groupId: text('gr'), epoch: 6n })
  const { nh } = suiteOf(combination.cipherSuite)
  const message = await group.alice.seal({
    recipientLeafIndex: 1,
    applicationData: secret,
    authenticatedData,
    // With a length prefix of one byte and a tag of 16.
    padding: nh + 2 - 16 - 1 - secret.length,
  })
  return { ...group, ...combination, message, sampleLength: nh }
}
