/** The known answers of this repository, as a page is given them and as it must answer. */

import { signContent } from '../tests/oracle/sign.js'
import { hex, unhex } from '../tests/support/hex.js'
import { type OwnVector, ownVectors, recipientOf, senderOf } from '../tests/vectors/own/vector.js'
import type { Entries, Outcome } from './tasks/entries.js'
import type { Revision } from './tasks/library.js'
import { memberToJson } from './tasks/member.js'
import type { SealAgain, SealedAgain } from './tasks/seal-again.js'

export interface OwnVectorsOfSuite {
  readonly open: { readonly given: Entries; readonly expected: readonly Outcome[] }
  readonly seal: { readonly given: readonly SealAgain[]; readonly expected: readonly SealedAgain[] }
}

export const ownVectorsOf = (revision: Revision, suite: number): OwnVectorsOfSuite =>
  asGiven(
    revision,
    ownVectors(revision).filter(({ cipher_suite }) => cipher_suite === suite),
  )

/** Those of the post-quantum suites. */
export const postQuantumVectors = (
  revision: Revision,
  suites: readonly number[] = [0xf101, 0xf106],
): OwnVectorsOfSuite =>
  asGiven(
    revision,
    ownVectors(revision, 'own-post-quantum').filter(({ cipher_suite }) => suites.includes(cipher_suite)),
  )

function asGiven(revision: Revision, vectors: readonly OwnVector[]): OwnVectorsOfSuite {
  return {
    open: {
      given: {
        recipients: vectors.map((vector) => memberToJson(revision, recipientOf(revision, vector))),
        entries: vectors.map(({ name, targeted_message: message }, recipient) => ({
          name,
          recipient,
          message,
        })),
      },
      expected: vectors.map((vector) => ({
        name: vector.name,
        outcome: 'opened',
        senderLeafIndex: vector.sender_leaf_index,
        applicationData: vector.application_data,
        authenticatedData: vector.authenticated_data,
      })),
    },
    seal: {
      given: vectors.map((vector) => toSeal(revision, vector)),
      expected: vectors.map((vector) => ({
        message: vector.targeted_message,
        signContent: hex(signContent('TargetedMessageTBS', unhex(vector.targeted_message_tbs))),
      })),
    },
  }
}

const toSeal = (revision: Revision, vector: OwnVector): SealAgain => ({
  sender: memberToJson(revision, senderOf(revision, vector)),
  recipientLeafIndex: vector.recipient_leaf_index,
  applicationData: vector.application_data,
  authenticatedData: vector.authenticated_data,
  padding: vector.padding_length,
  ephemeral: { privateKey: vector.ephemeral_priv, publicKey: vector.kem_output },
  signature: vector.signature,
})
