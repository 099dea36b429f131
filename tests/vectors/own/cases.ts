import { text } from '../../oracle/wire.js'
import { seededBytes } from './seeded.js'

/** Lengths in bytes. */
export interface Case {
  readonly name: string
  readonly groupIdLength: number
  readonly epoch: bigint
  readonly senderLeafIndex: number
  readonly recipientLeafIndex: number
  readonly authenticatedDataLength: number
  readonly applicationData: Uint8Array
  readonly paddingLength: number
}

const plain: Case = {
  name: 'plain',
  groupIdLength: 16,
  epoch: 1n,
  senderLeafIndex: 0,
  recipientLeafIndex: 1,
  authenticatedDataLength: 0,
  applicationData: text('only you can read this'),
  paddingLength: 0,
}

export const cases: readonly Case[] = [
  plain,
  {
    ...plain,
    name: 'with authenticated data and padding',
    epoch: 42n,
    senderLeafIndex: 7,
    recipientLeafIndex: 3,
    authenticatedDataLength: 20,
    paddingLength: 41,
  },
  // 17 bytes, and so all of the ciphertext is the sample (section 5.3).
  { ...plain, name: 'ciphertext shorter than KDF.Nh', applicationData: new Uint8Array() },
  {
    name: 'long fields and great numbers',
    // From 64 on, a length has two bytes.
    groupIdLength: 64,
    epoch: 2n ** 33n + 1n,
    senderLeafIndex: 70_000,
    recipientLeafIndex: 1_000_000,
    authenticatedDataLength: 100,
    applicationData: seededBytes('application data', 300),
    paddingLength: 200,
  },
]
