import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import { type MemberJson, memberToJson } from '../browser-tests/tasks/member.js'
import { tsMls1, tsMls2 } from '../tests/support/groups/groups.js'
import { LiveGroup } from './live-group.js'
import type { Voice } from './member.js'
import { tsMlsSuite } from './newcomer.js'
import { OpenMlsMember } from './openmls-member.js'
import type { InteropSuite } from './suites.js'
import { TsMlsMember } from './ts-mls-member.js'

/** One who lives in a page: a member of ts-mls, with its secrets as text. */
export interface InPage {
  readonly stack: string
  readonly leafIndex: number
  readonly member: MemberJson
}

/** OpenMLS founds a group of that suite and adds two members of ts-mls, for whom a page is to speak. */
export async function withBrowserGroup(
  suite: InteropSuite,
  use: (itself: Voice, inPage: readonly InPage[]) => Promise<void>,
): Promise<void> {
  const founder = await OpenMlsMember.create('Olga', suite, 32)
  try {
    const added = [
      await TsMlsMember.create('Tess', 'ts-mls 1', await tsMls1.client(tsMlsSuite(suite))),
      await TsMlsMember.create('Tim', 'ts-mls 2', await tsMls2.client(tsMlsSuite(suite))),
    ]
    const group = await LiveGroup.found(founder)
    await group.commit(founder, { add: added })
    const inPage = added.map(({ stack, leafIndex, state }) => ({
      stack,
      leafIndex,
      member: memberToJson('01', { ...fromTsMls(state), cipherSuite: suite.id }),
    }))
    await use(founder.itself(), inPage)
  } finally {
    founder.end()
  }
}
