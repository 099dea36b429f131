import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import {
  createMlsGroup,
  type GroupCipherSuite,
  type MlsStack,
  type MlsState,
  stateOf,
  tsMls1,
  tsMls2,
} from '../../tests/support/groups/groups.js'
import type { Member } from './member.js'

export type { GroupCipherSuite }

/** The two members of a group, at leaves 0 and 1. */
export type Couple = readonly [Member, Member]

/** The two lines of ts-mls that the adapter reads. */
export type TsMls = 'ts-mls 1' | 'ts-mls 2'

/** A real group, made here. */
export const makeCouple = (cipherSuite: GroupCipherSuite, stack: TsMls = 'ts-mls 1'): Promise<Couple> =>
  stack === 'ts-mls 1' ? coupleOf(tsMls1, cipherSuite) : coupleOf(tsMls2, cipherSuite)

async function coupleOf<State extends MlsState & Parameters<typeof fromTsMls>[0]>(
  stack: MlsStack<State>,
  cipherSuite: GroupCipherSuite,
): Promise<Couple> {
  const group = await createMlsGroup({ stack, cipherSuite, members: ['alice', 'bob'] })
  const of = (name: string): Member => ({ ...fromTsMls(stateOf(group, name)), cipherSuite })
  return [of('alice'), of('bob')]
}
