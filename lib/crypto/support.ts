import { ascii } from '../tls/bytes.js'
import { bytes } from '../tls/writer.js'
import { aeadOpen, aeadSeal, importAeadKey } from './aead.js'
import { generateKeyPair } from './generate.js'
import { decap, encap, generateEphemeral } from './kem.js'
import { keySigner, signWithLabel } from './signature.js'
import { type CipherSuite, cipherSuite, cipherSuiteIds, Nn } from './suites.js'

const probed = new Map<number, Promise<boolean>>()

/**
 * The cipher suites (RFC 9420 section 17.1) that this engine runs, in ascending order. Each primitive of each
 * suite is tried once; the answer is kept.
 */
export async function supportedCipherSuites(): Promise<number[]> {
  const answers = await Promise.all(cipherSuiteIds.map((id) => isSupported(cipherSuite(id))))
  return cipherSuiteIds.filter((_, i) => answers[i])
}

/** Whether this engine runs the suite; tried once. */
export function isSupported(suite: CipherSuite): Promise<boolean> {
  const answer = probed.get(suite.id) ?? runs(suite)
  probed.set(suite.id, answer)
  return answer
}

async function runs(suite: CipherSuite): Promise<boolean> {
  try {
    await Promise.all([probeKem(suite), probeAead(suite), probeSignature(suite)])
    return true
  } catch {
    return false
  }
}

async function probeKem({ kem }: CipherSuite): Promise<void> {
  const recipient = await generateEphemeral(kem)
  const sender = await generateEphemeral(kem)
  await encap(kem, sender, recipient.keyPair.publicKey)
  await decap(kem, recipient.keyPair, sender.kemOutput)
}

async function probeAead({ aead }: CipherSuite): Promise<void> {
  const raw = new Uint8Array(aead.Nk)
  const nonce = new Uint8Array(Nn)
  const key = await importAeadKey(aead, raw, 'encrypt')
  const ciphertext = await aeadSeal(aead, { key, nonce }, raw, raw)
  await aeadOpen(aead, { key: await importAeadKey(aead, raw, 'decrypt'), nonce }, raw, ciphertext)
}

async function probeSignature({ signature }: CipherSuite): Promise<void> {
  const { privateKey } = await generateKeyPair(signature.algorithm, ['sign', 'verify'])
  await signWithLabel(keySigner(signature, privateKey), 'probe', bytes(ascii('probe')))
}
