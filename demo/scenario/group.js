// A real MLS group of ts-mls, all members in one place. In plain JavaScript, since Node runs it too (npm run roundtrip).
import {
  acceptAll,
  createCommit,
  createGroup,
  defaultCapabilities,
  defaultLifetime,
  emptyPskIndex,
  generateKeyPackage,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  joinGroup,
  processMessage,
} from 'ts-mls'
import { suites } from './suites.js'

/**
 * @typedef {import('ts-mls').ClientState} ClientState
 * @typedef {object} Group
 * @property {import('ts-mls').CiphersuiteImpl} impl
 * @property {readonly string[]} names By leaf.
 * @property {readonly ClientState[]} states By leaf. All in one epoch.
 */

/**
 * The first member creates the group and adds the others, who join from the Welcome.
 *
 * @param {import('./suites.js').SuiteId} suite
 * @param {readonly string[]} names
 * @returns {Promise<Group>}
 */
export async function makeGroup(suite, names) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryGroup(suite, names)
    } catch (error) {
      // WebKit on Linux fails to generate an X25519 or Ed25519 key once in a few hundred times.
      if (attempt === 5) throw error
    }
  }
}

/** @type {typeof makeGroup} */
async function tryGroup(suite, names) {
  const impl = await getCiphersuiteImpl(getCiphersuiteFromName(suites[suite].name))
  const members = await Promise.all(names.map((name) => newMember(name, impl)))
  const [creator, ...others] = members
  if (!creator) throw new Error('a group has at least one member')
  const groupId = crypto.getRandomValues(new Uint8Array(16))
  const alone = await createGroup(groupId, creator.publicPackage, creator.privatePackage, [], impl)
  if (others.length === 0) return { impl, names, states: [alone] }

  const extraProposals = others.map(({ publicPackage }) => ({
    proposalType: /** @type {const} */ ('add'),
    add: { keyPackage: publicPackage },
  }))
  const options = { extraProposals, ratchetTreeExtension: true }
  const { newState, welcome } = await createCommit({ state: alone, cipherSuite: impl }, options)
  if (!welcome) throw new Error('ts-mls made no Welcome')
  const joined = others.map(({ publicPackage, privatePackage }) =>
    joinGroup(welcome, publicPackage, privatePackage, emptyPskIndex, impl),
  )
  return { impl, names, states: [newState, ...(await Promise.all(joined))] }
}

/**
 * In Firefox hpke-js, under ts-mls, works out the public half of an EC key without the sign of y, and takes it for
 * even: who has an odd one cannot join. So the demo draws until the init key suits it.
 *
 * @param {string} name
 * @param {import('ts-mls').CiphersuiteImpl} impl
 */
async function newMember(name, impl) {
  const identity = new TextEncoder().encode(name)
  const credential = /** @type {const} */ ({ credentialType: 'basic', identity })
  for (;;) {
    const made = await generateKeyPackage(credential, defaultCapabilities(), defaultLifetime, [], impl)
    const { initKey } = made.publicPackage
    const isPoint = initKey.length > 56
    if (!isPoint || (initKey.at(-1) ?? 0) % 2 === 0) return made
  }
}

/**
 * One member commits, the others process the commit: all are in the next epoch, with new secrets. The states of the
 * old one stay as they are.
 *
 * @param {Group} group
 * @param {number} committer
 * @returns {Promise<Group>}
 */
export async function commit({ impl, names, states }, committer) {
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
