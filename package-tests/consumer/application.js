// An application as its developer would write it, with every entry of the package. It prints what it heard.
import { GroupEpoch, Inbox, readHeader, TargetedMessageError } from 'mls-targeted-messages'
import { readWireFormats, supportedWireFormats } from 'mls-targeted-messages/capabilities'
import { readRatchetTree } from 'mls-targeted-messages/ratchet-tree'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'

const { subtle } = crypto

/** A key pair of a P-256 leaf, raw. */
async function keyPair(name, usages) {
  const keys = await subtle.generateKey({ name, namedCurve: 'P-256' }, true, usages)
  const { d } = await subtle.exportKey('jwk', keys.privateKey)
  const binary = atob(d.replaceAll('-', '+').replaceAll('_', '/'))
  return {
    privateKey: Uint8Array.from(binary, (character) => character.charCodeAt(0)),
    publicKey: new Uint8Array(await subtle.exportKey('raw', keys.publicKey)),
  }
}

const leaves = await Promise.all(
  [0, 1].map(async (leafIndex) => ({
    leafIndex,
    encryption: await keyPair('ECDH', ['deriveBits']),
    signature: await keyPair('ECDSA', ['sign', 'verify']),
  })),
)

const epochOf = ({ leafIndex, encryption, signature }) =>
  GroupEpoch.create({
    revision: '02',
    cipherSuite: 2,
    groupId: Uint8Array.of(1, 2, 3),
    epoch: 7n,
    exporterSecret: new Uint8Array(32).fill(9),
    members: leaves.map((leaf) => ({
      leafIndex: leaf.leafIndex,
      encryptionKey: leaf.encryption.publicKey,
      signatureKey: leaf.signature.publicKey,
    })),
    self: {
      leafIndex,
      encryptionPrivateKey: encryption.privateKey,
      signaturePrivateKey: signature.privateKey,
    },
  })

const [alice, bob] = await Promise.all(leaves.map(epochOf))
const message = await alice.seal({
  recipientLeafIndex: 1,
  applicationData: new TextEncoder().encode('only you can read this'),
})
const inbox = await Inbox.open()
await inbox.enter(bob)
const { applicationData, senderLeafIndex } = await inbox.receive(message)

const codeOf = async (action) => {
  try {
    await action()
    return 'not refused'
  } catch (error) {
    return error instanceof TargetedMessageError ? error.code : String(error)
  }
}

console.log(
  JSON.stringify({
    heard: new TextDecoder().decode(applicationData),
    senderLeafIndex,
    epoch: String(readHeader(message).epoch),
    again: await codeOf(() => inbox.receive(message)),
    wireFormats: readWireFormats(supportedWireFormats().extensionData),
    noTree: await codeOf(() => readRatchetTree(Uint8Array.of(1))),
    noState: await codeOf(() => fromTsMls({})),
  }),
)
