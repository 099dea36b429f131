import { expect } from 'vitest'
import { GroupEpoch } from '../../lib/index.js'
import { type OracleMember, oracleOpen, oracleSeal } from '../oracle/oracle.js'
import { text } from '../oracle/wire.js'
import type { RandomGroup } from './random-group.js'

/** `GroupEpoch.create` for this member with these private keys, whatever they are. */
export const createWithKeys = (
  member: OracleMember & { readonly storageKey?: unknown },
  encryptionPrivateKey: unknown,
  signaturePrivateKey: unknown,
): Promise<GroupEpoch> =>
  Reflect.apply(GroupEpoch.create, GroupEpoch, [
    { ...member, self: { leafIndex: member.self.leafIndex, encryptionPrivateKey, signaturePrivateKey } },
  ])

/** The epoch of leaf 0 opens what the oracle seals, and the oracle opens what it seals. */
export async function expectToWork(group: RandomGroup, epoch: GroupEpoch): Promise<void> {
  const applicationData = text('both ways')
  const received = await oracleSeal(group.as(1), { recipientLeafIndex: 0, applicationData })
  expect((await epoch.open(received)).senderLeafIndex).toBe(1)
  const sent = await epoch.seal({ recipientLeafIndex: 1, applicationData })
  expect((await oracleOpen(group.as(1), sent)).applicationData).toEqual(applicationData)
}
