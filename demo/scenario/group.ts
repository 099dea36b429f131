/** A real MLS group of ts-mls, all members in one place. */

import {
  acceptAll,
  type ClientState,
  createCommit,
  createGroup,
  emptyPskIndex,
  joinGroup,
  processMessage,
} from 'ts-mls'
import { newKeyPackage, openStack, type Stack } from '../messenger/stack.js'
import type { SuiteId } from './suites.js'

export interface Group {
  readonly impl: Stack
  /** By leaf. */
  readonly names: readonly string[]
  /** By leaf. All in one epoch. */
  readonly states: readonly ClientState[]
}

/** The first member creates the group and adds the others, who join from the Welcome. */
export async function makeGroup(suite: SuiteId, names: readonly string[], attempts = 5): Promise<Group> {
  try {
    return await tryGroup(suite, names)
  } catch (error) {
    // WebKit on Linux fails to generate an X25519 or Ed25519 key once in a few hundred times.
    if (attempts === 1) throw error
    return makeGroup(suite, names, attempts - 1)
  }
}

async function tryGroup(suite: SuiteId, names: readonly string[]): Promise<Group> {
  const impl = await openStack(suite)
  const members = await Promise.all(names.map((name) => newKeyPackage(name, impl)))
  const [creator, ...others] = members
  if (!creator) throw new Error('a group has at least one member')
  const groupId = crypto.getRandomValues(new Uint8Array(16))
  const alone = await createGroup(groupId, creator.publicPackage, creator.privatePackage, [], impl)
  if (others.length === 0) return { impl, names, states: [alone] }

  const extraProposals = others.map(
    ({ publicPackage }) => ({ proposalType: 'add', add: { keyPackage: publicPackage } }) as const,
  )
  const options = { extraProposals, ratchetTreeExtension: true }
  const { newState, welcome } = await createCommit({ state: alone, cipherSuite: impl }, options)
  if (!welcome) throw new Error('ts-mls made no Welcome')
  const joined = others.map(({ publicPackage, privatePackage }) =>
    joinGroup(welcome, publicPackage, privatePackage, emptyPskIndex, impl),
  )
  return { impl, names, states: [newState, ...(await Promise.all(joined))] }
}

/**
 * One member commits, the others process the commit: all are in the next epoch, with new secrets. The states of the
 * old one stay as they are.
 */
export async function commit({ impl, names, states }: Group, committer: number): Promise<Group> {
  const state = states[committer]
  if (!state) throw new Error(`leaf ${committer} is blank`)
  const { newState, commit } = await createCommit({ state, cipherSuite: impl })
  if (commit.wireformat !== 'mls_private_message') throw new Error('the commit is no PrivateMessage')
  const next = states.map(async (other, leafIndex) => {
    if (leafIndex === committer) return newState
    return (await processMessage(commit, other, emptyPskIndex, acceptAll, impl)).newState
  })
  return { impl, names, states: await Promise.all(next) }
}
