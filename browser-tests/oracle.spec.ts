/** Against an independent implementation in Node, which shares nothing with the library. */

import { oracleOpen, oracleSeal } from '../tests/oracle/oracle.js'
import { hex, unhex } from '../tests/support/hex.js'
import { type ReferenceGroup, referenceMember, referenceVectors } from '../tests/vectors/reference.js'
import { expect, test } from './fixtures.js'
import { promisedSuites, type Revision, revisions } from './tasks/library.js'
import { memberToJson } from './tasks/member.js'

const applicationData = new TextEncoder().encode('both ways – ✓')
const authenticatedData = new TextEncoder().encode('seen by all')

for (const suite of promisedSuites) {
  test(`suite ${suite}: an independent implementation opens what is sealed here, and the reverse`, async ({
    driver,
    openSuite,
    report,
  }) => {
    await openSuite()
    for (const revision of revisions) {
      const [alice, bob] = twoMembers(revision, suite)
      const theirs = await oracleSeal(alice, {
        recipientLeafIndex: bob.self.leafIndex,
        applicationData,
        authenticatedData,
        paddingLength: 9,
      })
      const entries = [{ name: 'oracle', recipient: 0, message: hex(theirs) }]
      const given = { recipients: [memberToJson(revision, bob)], entries }
      expect(await driver.run((messages) => tasks.openEntries(library, messages), given)).toEqual([
        {
          name: 'oracle',
          outcome: 'opened',
          senderLeafIndex: alice.self.leafIndex,
          applicationData: hex(applicationData),
          authenticatedData: hex(authenticatedData),
        },
      ])

      const ours = await driver.run((message) => tasks.sealHex(library, message), {
        sender: memberToJson(revision, bob),
        recipientLeafIndex: alice.self.leafIndex,
        applicationData: hex(applicationData),
        authenticatedData: hex(authenticatedData),
      })
      expect(await oracleOpen(alice, unhex(ours))).toMatchObject({
        senderLeafIndex: bob.self.leafIndex,
        applicationData,
        authenticatedData,
      })
    }
    report(`Suite ${suite}`, 'both ways with an independent implementation', 'yes')
  })
}

function twoMembers(revision: Revision, suite: number) {
  const isGroup = (group: ReferenceGroup): boolean => group.cipherSuite === suite
  const group = referenceVectors(revision).groups.find(isGroup)
  const [first, second] = group?.members ?? []
  if (group === undefined || first === undefined || second === undefined) throw new Error('no two members')
  return [
    referenceMember(revision, group, first.leafIndex),
    referenceMember(revision, group, second.leafIndex),
  ] as const
}
