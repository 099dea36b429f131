/**
 * Makes the vectors, with the oracle and @noble/curves alone: nothing of `lib`, so that what the library makes of them
 * is a test of it. Everything follows from the names, so they come out the same each time.
 */

import { hex } from '../../support/hex.js'
import { allSuites } from '../../support/suites.js'
import { leafNode } from '../../support/leaf-nodes.js'
import { mlsExporter, senderAuthKey } from '../../oracle/derive.js'
import { signContent } from '../../oracle/sign.js'
import { hpkeAad, hpkeInfo, pskId, toBeSigned } from '../../oracle/structures.js'
import { suiteOf } from '../../oracle/suites.js'
import { concat, opaque, text, uint16, uint64 } from '../../oracle/wire.js'
import { type OracleKeyPair, type OracleMember, oracleSeal, type Revision } from '../../oracle/oracle.js'
import { readParts } from '../../hostile/message-parts.js'
import { type Case, cases } from './cases.js'
import { seededBytes, seededSuite } from './seeded.js'
import type { OwnVector, VectorKind } from './vector.js'

/** Of each kind of file. */
const vectorSuites = { own: allSuites, 'own-post-quantum': [0xf101, 0xf106] } as const

export async function makeOwnVectors(revision: Revision, kind: VectorKind): Promise<OwnVector[]> {
  const all = vectorSuites[kind].flatMap((cipherSuite) => cases.map((chosen) => ({ cipherSuite, chosen })))
  return Promise.all(all.map(({ cipherSuite, chosen }) => makeVector(revision, cipherSuite, chosen)))
}

interface SeededLeaf {
  readonly encryption: OracleKeyPair
  readonly signature: OracleKeyPair
  readonly leafNode: Uint8Array
}

function seededLeaf(cipherSuite: number, identity: string, seed: string): SeededLeaf {
  const suite = seededSuite(cipherSuite)
  const encryption = suite.encryptionKeyPair(`${seed}, ${identity}, encryption`)
  const signature = suite.signatureKeyPair(`${seed}, ${identity}, signature`)
  const fields = {
    encryptionKey: opaque(encryption.publicKey),
    signatureKey: opaque(signature.publicKey),
    credential: concat(uint16(1), opaque(text(identity))),
    // Versions, cipher suites, extensions, proposals, credentials.
    capabilities: concat(
      ...[[1], [cipherSuite], [], [], [1]].map((types) => opaque(concat(...types.map(uint16)))),
    ),
    // Of a key package, valid for ever.
    source: concat(Uint8Array.of(1), uint64(0n), uint64(2n ** 64n - 1n)),
  }
  const tbs = leafNode({ ...fields, signature: new Uint8Array() })
  const made = suite.sign(signContent('LeafNodeTBS', tbs), signature.privateKey)
  return { encryption, signature, leafNode: leafNode({ ...fields, signature: opaque(made) }) }
}

async function makeVector(revision: Revision, cipherSuite: number, chosen: Case): Promise<OwnVector> {
  const { name, epoch, senderLeafIndex, recipientLeafIndex, applicationData, paddingLength } = chosen
  const seed = `revision ${revision}, suite ${cipherSuite}, ${name}`
  const suite = suiteOf(cipherSuite)
  const seeded = seededSuite(cipherSuite)
  const sender = seededLeaf(cipherSuite, 'sender', seed)
  const recipient = seededLeaf(cipherSuite, 'recipient', seed)
  const ephemeral = seeded.ephemeral(`${seed}, ephemeral`)
  const authenticatedData = seededBytes(`${seed}, authenticated data`, chosen.authenticatedDataLength)
  const member: OracleMember = {
    revision,
    cipherSuite,
    groupId: seededBytes(`${seed}, group id`, chosen.groupIdLength),
    epoch,
    groupContext: seededBytes(`${seed}, group context`, 80),
    exporterSecret: seededBytes(`${seed}, exporter secret`, suite.nh),
    members: [
      { leafIndex: senderLeafIndex, ...publicKeys(sender) },
      { leafIndex: recipientLeafIndex, ...publicKeys(recipient) },
    ],
    self: {
      leafIndex: senderLeafIndex,
      encryptionPrivateKey: sender.encryption.privateKey,
      signaturePrivateKey: sender.signature.privateKey,
    },
  }

  const message = await oracleSeal(member, {
    recipientLeafIndex,
    applicationData,
    authenticatedData,
    paddingLength,
    ephemeral,
    sign: (content) => seeded.sign(content, sender.signature.privateKey),
  })

  const { signature, kemOutput, ciphertext } = await readParts(member, message)
  const header = { recipientLeafIndex, authenticatedData, senderLeafIndex, kemOutput }
  const exported = (context: string) =>
    mlsExporter(suite, member.exporterSecret, 'targeted message', text(context), suite.nh)
  const { key, nonce } = await senderAuthKey(suite, member.exporterSecret, ciphertext)
  return {
    name,
    cipher_suite: cipherSuite,
    group_id: hex(member.groupId),
    epoch: Number(epoch),
    exporter_secret: hex(member.exporterSecret),
    ...(revision === '00' ? { serialized_group_context: hex(member.groupContext) } : {}),
    sender_leaf_index: senderLeafIndex,
    sender_leaf_node: hex(sender.leafNode),
    sender_encryption_priv: hex(sender.encryption.privateKey),
    sender_signature_priv: hex(sender.signature.privateKey),
    recipient_leaf_index: recipientLeafIndex,
    recipient_leaf_node: hex(recipient.leafNode),
    recipient_encryption_priv: hex(recipient.encryption.privateKey),
    recipient_signature_priv: hex(recipient.signature.privateKey),
    ephemeral_priv: hex(ephemeral.privateKey),
    authenticated_data: hex(authenticatedData),
    application_data: hex(applicationData),
    padding_length: paddingLength,
    targeted_message_psk: hex(await exported('psk')),
    sender_auth_data_secret: hex(await exported('sender auth data secret')),
    psk_id: hex(pskId(member)),
    hpke_info: hex(hpkeInfo(member, recipientLeafIndex, senderLeafIndex)),
    kem_output: hex(kemOutput),
    targeted_message_tbs: hex(await toBeSigned(suite, member, header, ciphertext)),
    signature: hex(signature),
    hpke_aad: hex(hpkeAad(member, header, signature)),
    sender_auth_data_key: hex(key),
    sender_auth_data_nonce: hex(nonce),
    targeted_message: hex(message),
  }
}

const publicKeys = ({ encryption, signature }: SeededLeaf) => ({
  encryptionKey: encryption.publicKey,
  signatureKey: signature.publicKey,
})

/** The file's text: one line per value. */
export const ownVectorsJson = (vectors: readonly OwnVector[]): string =>
  `${JSON.stringify(vectors, null, 1)}\n`
