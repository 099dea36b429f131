import { tsMls1, tsMls2 } from '../testing/groups.js'
import type { Member, Stack } from './member.js'
import { OpenMlsMember } from './openmls-member.js'
import type { InteropSuite } from './suites.js'
import { TsMlsMember } from './ts-mls-member.js'

type Maker = (name: string, suite: InteropSuite) => Promise<Member>

const makers: Readonly<Record<Stack, Maker>> = {
  // With padding and without.
  OpenMLS: (name, { id }) => OpenMlsMember.create(name, id, name === 'Olga' ? 0 : 32),
  'ts-mls 1': async (name, { id }) => TsMlsMember.create(name, 'ts-mls 1', await tsMls1.client(id)),
  'ts-mls 2': async (name, { id }) => TsMlsMember.create(name, 'ts-mls 2', await tsMls2.client(id)),
}

export const newcomer = (name: string, stack: Stack, suite: InteropSuite): Promise<Member> =>
  makers[stack](name, suite)
