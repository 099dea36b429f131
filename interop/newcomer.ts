import { groupCipherSuites, tsMls1, tsMls2 } from '../tests/support/groups/groups.js'
import type { Member, Stack } from './member.js'
import { OpenMlsMember } from './openmls-member.js'
import type { InteropSuite } from './suites.js'
import { TsMlsMember } from './ts-mls-member.js'

const makers: Readonly<Record<Stack, (name: string, suite: InteropSuite) => Promise<Member>>> = {
  // With padding and without.
  OpenMLS: (name, suite) => OpenMlsMember.create(name, suite, name === 'Olga' ? 0 : 32),
  'ts-mls 1': async (name, suite) =>
    TsMlsMember.create(name, 'ts-mls 1', await tsMls1.client(tsMlsSuite(suite))),
  'ts-mls 2': async (name, suite) =>
    TsMlsMember.create(name, 'ts-mls 2', await tsMls2.client(tsMlsSuite(suite))),
}

/** A member to be. */
export const newcomer = (name: string, stack: Stack, suite: InteropSuite): Promise<Member> =>
  makers[stack](name, suite)

/** OpenMLS and ts-mls share those of RFC 9420 alone: their post-quantum suites have other hashes. */
export function tsMlsSuite({ id }: InteropSuite) {
  const found = groupCipherSuites.find((known) => known === id)
  if (found === undefined) throw new Error(`ts-mls has no suite ${id} that OpenMLS has, too`)
  return found
}
