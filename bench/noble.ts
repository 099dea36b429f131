import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import type { Candidate, Maker } from './candidate.js'
import { randomBytes } from './world.js'

const curves = {
  1: { dh: x25519, signature: ed25519 },
  2: { dh: p256, signature: p256 },
} as const

/**
 * The curve operations of a message in JavaScript, and nothing around them: an ephemeral key pair, one agreement and
 * one signature to seal; one agreement and one verification to open.
 */
export const noble: Maker = async ({ suite, alice, bob }) => {
  const { dh, signature } = suite.id === 1 ? curves[1] : curves[2]
  const tbs = randomBytes(160)
  const signed = signature.sign(tbs, alice.signaturePrivateKey)
  const seal = async (): Promise<unknown> => {
    const ephemeral = dh.utils.randomSecretKey()
    const kemOutput = dh.getPublicKey(ephemeral)
    const shared = dh.getSharedSecret(ephemeral, bob.encryptionKey)
    return [kemOutput, shared, signature.sign(tbs, alice.signaturePrivateKey)]
  }
  const open = async (): Promise<unknown> => {
    if (!signature.verify(signed, tbs, alice.signatureKey)) throw new Error('does not verify')
    return dh.getSharedSecret(bob.encryptionPrivateKey, alice.encryptionKey)
  }
  const name = '@noble/curves, the curve operations alone'
  return [
    { name, operation: 'seal', oneAtATime: true, run: seal },
    { name, operation: 'open', oneAtATime: true, run: open },
  ] satisfies Candidate[]
}
