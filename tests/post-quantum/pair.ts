import type { CipherSuiteDescription, GroupEpochOptions, Revision } from 'mls-targeted-messages'

interface Leaf {
  readonly leafIndex: number
  readonly encryptionKey: Uint8Array
  readonly encryptionPrivateKey: Uint8Array
  readonly signatureKey: Uint8Array
  readonly signaturePrivateKey: Uint8Array
}

/** What leaf 0 or 1 of a group of two gives to `GroupEpoch.create`; the rest of the group is random. */
export function groupOfTwo(given: {
  readonly revision: Revision
  readonly leaves: readonly Leaf[]
  /** KDF.Nh. */
  readonly Nh: number
}) {
  const { revision, leaves: members, Nh } = given
  const shared = {
    revision,
    groupId: random(16),
    epoch: 7n,
    groupContext: random(100),
    exporterSecret: random(Nh),
    members,
  }
  return (leafIndex: 0 | 1, cipherSuite: CipherSuiteDescription) => {
    const self = members[leafIndex]
    if (!self) throw new Error('no such leaf')
    return { ...shared, cipherSuite, self } satisfies GroupEpochOptions
  }
}

export const random = (length: number): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(length))
