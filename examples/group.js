import {
  createCommit,
  createGroup,
  defaultCapabilities,
  defaultLifetime,
  emptyPskIndex,
  generateKeyPackage,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  joinGroup,
} from 'ts-mls'

/**
 * A real MLS group of two, made by ts-mls in one place. In a messenger each state is on a device of its own, and key
 * packages, commits and Welcomes travel between them.
 */
export async function makeGroup() {
  const name = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519'
  const suite = await getCiphersuiteImpl(getCiphersuiteFromName(name))
  const keyPackageOf = (/** @type {string} */ name) => {
    const identity = new TextEncoder().encode(name)
    const credential = { credentialType: /** @type {const} */ ('basic'), identity }
    return generateKeyPackage(credential, defaultCapabilities(), defaultLifetime, [], suite)
  }
  const alice = await keyPackageOf('Alice')
  const bob = await keyPackageOf('Bob')

  const groupId = crypto.getRandomValues(new Uint8Array(16))
  const alone = await createGroup(groupId, alice.publicPackage, alice.privatePackage, [], suite)
  const add = { keyPackage: bob.publicPackage }
  const { newState, welcome } = await createCommit(
    { state: alone, cipherSuite: suite },
    { extraProposals: [{ proposalType: 'add', add }], ratchetTreeExtension: true },
  )
  if (!welcome) throw new Error('ts-mls made no Welcome')
  const joined = await joinGroup(welcome, bob.publicPackage, bob.privatePackage, emptyPskIndex, suite)
  return { alice: newState, bob: joined }
}
