/** Two members of a group, as an MLS stack would hand them over. */
export async function makeMembers() {
  const leaves = await Promise.all([0, 1].map(makeLeaf))
  const common = {
    revision: /** @type {const} */ ('01'),
    cipherSuite: 2,
    groupId: new TextEncoder().encode('a group'),
    epoch: 7n,
    exporterSecret: crypto.getRandomValues(new Uint8Array(32)),
    members: leaves.map(({ member }) => member),
  }
  const [alice, bob] = leaves.map(({ self }) => ({ ...common, self }))
  if (!alice || !bob) throw new Error('there are two leaves')
  return { alice, bob }
}

/** @param {number} leafIndex */
async function makeLeaf(leafIndex) {
  const encryption = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
    'deriveBits',
  ])
  const signature = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const raw = async (/** @type {CryptoKey} */ key) =>
    new Uint8Array(await crypto.subtle.exportKey('raw', key))
  return {
    member: {
      leafIndex,
      encryptionKey: await raw(encryption.publicKey),
      signatureKey: await raw(signature.publicKey),
    },
    self: {
      leafIndex,
      encryptionPrivateKey: encryption.privateKey,
      signaturePrivateKey: signature.privateKey,
    },
  }
}
