import { GroupEpoch } from '../../lib/index.js'
import { oracleSeal, type Revision } from '../oracle/oracle.js'
import { suiteOf } from '../oracle/suites.js'
import { text } from '../oracle/wire.js'
import { described } from '../post-quantum/described.js'
import { type RandomGroup, randomGroup } from '../support/random-group.js'

export interface Combination {
  readonly revision: Revision
  readonly cipherSuite: number
}

/** Long enough that it is nowhere by chance. */
export const secret = text('whispered')
export const authenticatedData = text('ad')

/** A message from leaf 0 to leaf 1 that everything is done to, in epoch 6 of a group with leaves 0, 1 and 2. */
export interface Target extends RandomGroup, Combination {
  readonly message: Uint8Array<ArrayBuffer>
  /** KDF.Nh bytes of the ciphertext are the sample for the sender auth data's key. */
  readonly sampleLength: number
}

/** Short, with two bytes of ciphertext outside the sample. No engine need run the suite. */
export async function sealedTarget(combination: Combination): Promise<Target> {
  const group = await randomGroup({ ...combination, groupId: text('gr'), epoch: 6n })
  const { nh } = suiteOf(combination.cipherSuite)
  const message = await oracleSeal(group.as(0), {
    recipientLeafIndex: 1,
    applicationData: secret,
    authenticatedData,
    // With a length prefix of one byte and a tag of 16.
    paddingLength: nh + 2 - 16 - 1 - secret.length,
  })
  return { ...group, ...combination, message, sampleLength: nh }
}

/** With the epochs of leaves 0 and 1. */
export async function target(combination: Combination) {
  const sealed = await sealedTarget(combination)
  const [alice, bob] = await Promise.all([
    GroupEpoch.create(described(sealed.as(0))),
    GroupEpoch.create(described(sealed.as(1))),
  ])
  return { ...sealed, alice, bob }
}

export type OpenTarget = Awaited<ReturnType<typeof target>>
