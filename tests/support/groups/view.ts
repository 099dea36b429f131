import { p256, p384, p521 } from '@noble/curves/nist.js'
import type { OracleLeaf, OracleMember, Revision } from '../../oracle/oracle.js'
import { concat, opaque, uint16, uint64 } from '../../oracle/wire.js'
import type { MlsState, MlsSuite } from './stack.js'

const curves: Readonly<Record<number, typeof p256 | undefined>> = { 2: p256, 5: p521, 7: p384 }

/** ts-mls compresses its ECDSA public keys; RFC 9420 5.1.1 and the oracle want them uncompressed. */
function uncompressed(cipherSuite: MlsSuite, publicKey: Uint8Array): Uint8Array {
  const curve = curves[cipherSuite]
  return curve === undefined ? publicKey : curve.Point.fromBytes(publicKey).toBytes(false)
}

/** The non-blank leaves; leaf i is node 2i (RFC 9420 appendix C). */
export function leavesOf(state: MlsState, cipherSuite: MlsSuite): OracleLeaf[] {
  return state.ratchetTree.flatMap((node, index) =>
    node?.leaf === undefined
      ? []
      : {
          leafIndex: index / 2,
          encryptionKey: node.leaf.hpkePublicKey,
          signatureKey: uncompressed(cipherSuite, node.leaf.signaturePublicKey),
        },
  )
}

/** GroupContext (RFC 9420 8.1), which ts-mls 2 does not export an encoder for. */
export function serializeGroupContext({ groupContext }: MlsState, cipherSuite: MlsSuite): Uint8Array {
  if (groupContext.extensions.length > 0) throw new Error('group context extensions are not serialized here')
  return concat(
    uint16(1),
    uint16(cipherSuite),
    opaque(groupContext.groupId),
    uint64(groupContext.epoch),
    opaque(groupContext.treeHash),
    opaque(groupContext.confirmedTranscriptHash),
    opaque(new Uint8Array(0)),
  )
}

/** What the holder of a ts-mls state gives to the oracle. */
export function oracleMember(state: MlsState, cipherSuite: MlsSuite, revision: Revision): OracleMember {
  const { leafIndex, privateKeys } = state.privatePath
  const encryptionPrivateKey = privateKeys[2 * leafIndex]
  if (encryptionPrivateKey === undefined) throw new Error('the state holds no private key of its leaf')
  // PKCS#8 of Ed25519 ends in the seed of 32 bytes: RFC 8410 7.
  const { signaturePrivateKey: key } = state
  const signaturePrivateKey = curves[cipherSuite] === undefined ? key.slice(-32) : key
  return {
    revision,
    cipherSuite,
    groupId: state.groupContext.groupId,
    epoch: state.groupContext.epoch,
    groupContext: serializeGroupContext(state, cipherSuite),
    exporterSecret: state.keySchedule.exporterSecret,
    members: leavesOf(state, cipherSuite),
    self: { leafIndex, encryptionPrivateKey, signaturePrivateKey },
  }
}
