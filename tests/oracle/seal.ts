import { aeadSeal, mlsExporter, senderAuthKey } from './derive.js'
import { hpkePrivateKey } from './keys.js'
import { signContent, signWithLabel } from './sign.js'
import {
  type Header,
  hpkeAad,
  hpkeInfo,
  protocolVersion,
  pskId,
  senderAuthData,
  senderAuthDataAad,
  signatureLabel,
  toBeSigned,
  wireFormat,
} from './structures.js'
import { hpkeOf, type Suite, suiteOf } from './suites.js'
import type { OracleKeyPair, OracleLeaf, OracleMember, OracleSealOptions } from './types.js'
import { type Bytes, concat, opaque, text, uint16, uint32, uint64 } from './wire.js'

const nothing = new Uint8Array(0)
const same = (bytes: Bytes): Uint8Array => bytes

function leafOf(member: OracleMember, leafIndex: number): OracleLeaf {
  const leaf = member.members.find((candidate) => candidate.leafIndex === leafIndex)
  if (leaf === undefined) throw new Error(`no member at leaf ${leafIndex}`)
  return leaf
}

/** A key pair, or the randomness of a post-quantum KEM. */
async function ephemeralKeys(
  suite: Suite,
  { privateKey, publicKey }: OracleKeyPair,
): Promise<CryptoKeyPair | ArrayBuffer> {
  if (suite.postQuantumKem) return concat(privateKey).buffer
  const hpke = hpkeOf(suite)
  return {
    privateKey: await hpkePrivateKey(suite, hpke, privateKey, publicKey),
    publicKey: await hpke.kem.deserializePublicKey(concat(publicKey)),
  }
}

/** A serialized MLSMessage with a targeted message from `member.self`. */
export async function oracleSeal(member: OracleMember, options: OracleSealOptions): Promise<Bytes> {
  const suite = suiteOf(member.cipherSuite)
  const hpke = hpkeOf(suite)
  const { recipientLeafIndex } = options
  const senderLeafIndex = options.claimedSenderLeafIndex ?? member.self.leafIndex
  const authenticatedData = options.authenticatedData ?? nothing
  const padded = concat(
    opaque(options.applicationData ?? nothing),
    new Uint8Array(options.paddingLength ?? 0),
  )
  const content = options.content === undefined ? padded : concat(options.content)

  // Encapsulate: SetupPSKS, RFC 9180 5.1.2.
  const recipientKey = concat(leafOf(member, recipientLeafIndex).encryptionKey)
  const psk = await mlsExporter(suite, member.exporterSecret, 'targeted message', text('psk'), suite.nh)
  const context = await hpke.createSenderContext({
    recipientPublicKey: await hpke.kem.deserializePublicKey(recipientKey),
    psk: { key: psk, id: pskId(member) },
    info: hpkeInfo(member, recipientLeafIndex, senderLeafIndex),
    ...(options.ephemeral ? { ekm: await ephemeralKeys(suite, options.ephemeral) } : {}),
  })
  const kemOutput = (options.kemOutput ?? same)(new Uint8Array(context.enc))
  const header: Header = { recipientLeafIndex, authenticatedData, senderLeafIndex, kemOutput }

  const sign = async (ciphertext: Uint8Array): Promise<Uint8Array> => {
    const tbs = (options.tbs ?? same)(await toBeSigned(suite, member, header, ciphertext))
    const label = options.label ?? signatureLabel
    const publicKey = leafOf(member, member.self.leafIndex).signatureKey
    const keys = { privateKey: member.self.signaturePrivateKey, publicKey }
    const made = options.sign
      ? concat(options.sign(signContent(label, tbs)))
      : await signWithLabel(suite, keys, label, tbs)
    return (options.signature ?? same)(made)
  }
  const sealContent = async (signature: Uint8Array): Promise<Bytes> =>
    new Uint8Array(await context.seal(content, hpkeAad(member, header, signature)))

  let signature: Uint8Array
  let ciphertext: Bytes
  if (member.revision === '00') {
    signature = await sign(nothing)
    ciphertext = await sealContent(signature)
  } else {
    ciphertext = await sealContent(nothing)
    signature = await sign(ciphertext)
  }

  const encryptedSenderAuthData = await aeadSeal(
    suite,
    await senderAuthKey(suite, member.exporterSecret, ciphertext),
    senderAuthDataAad(member, recipientLeafIndex),
    concat(senderAuthData(header, signature), options.senderAuthDataSuffix ?? nothing),
  )
  return concat(
    uint16(protocolVersion),
    uint16(wireFormat),
    opaque(member.groupId),
    uint64(member.epoch),
    uint32(recipientLeafIndex),
    opaque(authenticatedData),
    opaque(encryptedSenderAuthData),
    opaque(ciphertext),
  )
}
