import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import type { Entries, Entry, Outcome } from '../browser-tests/tasks/entries.js'
import { memberToJson } from '../browser-tests/tasks/member.js'
import { tsMls1, tsMls2 } from '../testing/groups.js'
import { hex } from '../testing/hex.js'
import { ofAllSizes, type Said, short } from './checks.js'
import { LiveGroup } from './live-group.js'
import { OpenMlsMember } from './openmls-member.js'
import type { InteropSuite } from './suites.js'
import { TsMlsMember } from './ts-mls-member.js'

/** What OpenMLS sealed to members of ts-mls, whom a page is to speak for, and what is to come out. */
export type ForBrowsers = Entries & { readonly suite: number; readonly expected: readonly Outcome[] }

export async function sealForBrowsers(suite: InteropSuite): Promise<ForBrowsers> {
  const founder = await OpenMlsMember.create('Olga', suite.id, 32)
  const recipients = [
    await TsMlsMember.create('Tess', 'ts-mls 1', await tsMls1.client(suite.id)),
    await TsMlsMember.create('Tim', 'ts-mls 2', await tsMls2.client(suite.id)),
  ]
  const group = await LiveGroup.found(founder)
  await group.commit(founder, { add: recipients })
  const [itself] = await founder.voices()
  if (itself === undefined) throw new Error('OpenMLS has no voice')

  const entries: Entry[] = []
  const expected: Outcome[] = []
  for (const [recipient, { leafIndex, stack }] of recipients.entries()) {
    for (const said of [...short, ...ofAllSizes]) {
      const name = `${stack}: ${nameOf(said)}`
      entries.push({
        name,
        recipient,
        message: hex(await itself.seal({ ...said, recipientLeafIndex: leafIndex })),
      })
      expected.push({
        name,
        outcome: 'opened',
        senderLeafIndex: founder.leafIndex,
        applicationData: hex(said.applicationData),
        authenticatedData: hex(said.authenticatedData),
      })
    }
  }
  for (const member of group.members) member.end()
  const members = recipients.map(({ state }) => memberToJson('01', fromTsMls(state)))
  return { suite: suite.id, recipients: members, entries, expected }
}

const nameOf = ({ applicationData, authenticatedData }: Said): string =>
  `${applicationData.length} bytes, ${authenticatedData.length} authenticated`
