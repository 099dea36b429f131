/** The known answers of post-quantum suites, opened and sealed again: in pages and in runtimes. */

import * as library from 'mls-targeted-messages'
import { epochOf, sealWithRandomness } from '../../tests/post-quantum/own-vectors.js'
import type { Way } from '../../tests/post-quantum/ways.js'
import { hex, unhex } from '../../tests/support/hex.js'
import type { Entries, Outcome } from '../tasks/entries.js'
import { refusal } from '../tasks/library.js'
import { memberFromJson } from '../tasks/member.js'
import type { SealAgain, SealedAgain } from '../tasks/seal-again.js'

export interface VectorsGiven {
  readonly way: Way
  readonly open: Entries
  readonly seal: readonly SealAgain[]
}

export interface VectorsAnswered {
  readonly opened: readonly Outcome[]
  readonly sealed: readonly SealedAgain[]
}

/** One after another: nothing else may encapsulate meanwhile. */
export async function answerVectors({ way, open, seal }: VectorsGiven): Promise<VectorsAnswered> {
  const opened: Outcome[] = []
  for (const { name, recipient, message } of open.entries) {
    const member = open.recipients[recipient]
    if (member === undefined) throw new Error(`${name} is for nobody`)
    opened.push(
      await epochOf(way, memberFromJson(member))
        .then((epoch) => epoch.open(unhex(message)))
        .then(
          ({ senderLeafIndex, applicationData, authenticatedData }) => ({
            name,
            outcome: 'opened',
            senderLeafIndex,
            applicationData: hex(applicationData),
            authenticatedData: hex(authenticatedData),
          }),
          (error) => ({ name, outcome: refusal(library, error) }),
        ),
    )
  }
  const sealed: SealedAgain[] = []
  for (const vector of seal) {
    sealed.push(await sealOne(way, vector).catch((error) => ({ refused: refusal(library, error) })))
  }
  return { opened, sealed }
}

async function sealOne(way: Way, vector: SealAgain): Promise<SealedAgain> {
  const member = memberFromJson(vector.sender)
  let signContent = ''
  const signaturePrivateKey = async (content: Uint8Array): Promise<Uint8Array> => {
    signContent = hex(content)
    return unhex(vector.signature)
  }
  const message = await sealWithRandomness(way, {
    sender: { ...member, self: { ...member.self, signaturePrivateKey } },
    options: {
      recipientLeafIndex: vector.recipientLeafIndex,
      applicationData: unhex(vector.applicationData),
      authenticatedData: unhex(vector.authenticatedData),
      padding: vector.padding,
    },
    randomness: unhex(vector.ephemeral.privateKey),
  })
  return { message: hex(message), signContent }
}
