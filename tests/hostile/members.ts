import { x25519 } from '@noble/curves/ed25519.js'
import { type OracleSealOptions, oracleSeal } from '../oracle/oracle.js'
import { concat } from '../oracle/wire.js'
import { sealWithChosenSecret } from './chosen-secret.js'
import { isEcSuite, isX25519Suite, wrongEcdsa, wrongPoints } from './ecdsa.js'
import type { Code, Hostile } from './hostile.js'
import { readParts } from './message-parts.js'
import { wrongCiphertexts } from './ml-kem.js'
import { runs } from './scale.js'
import { secret, type Target } from './target.js'
import { smallOrderPoints } from './x25519.js'

type Bytes = Uint8Array<ArrayBuffer>

/** A message of mallory at leaf 2, with one thing wrong and everything else made to fit. */
async function send(
  target: Target,
  name: string,
  code: Code,
  options: Partial<OracleSealOptions>,
): Promise<Hostile> {
  const all = { recipientLeafIndex: 1, applicationData: secret, ...options }
  return { name, bytes: await oracleSeal(target.as(2), all), codes: [code] }
}

/** Signatures in another form, or out of range. */
export async function wrongSignatures(target: Target): Promise<Hostile[]> {
  const { cipherSuite } = target
  const wrong = (name: string, signature: (made: Bytes) => Uint8Array) =>
    send(target, name, 'signature', { signature })
  const all = [
    ...[0, 1, 63, 65, 96, 128, 133].map((length) =>
      wrong(`${length} bytes`, () => new Uint8Array(length).fill(1)),
    ),
    wrong('cut', (made) => made.slice(0, -1)),
    wrong('zero', (made) => new Uint8Array(made.length)),
  ]
  if (!isEcSuite(cipherSuite)) {
    // Where R and A are not checked, points of small order verify with an S of zero.
    for (const [name, point] of smallOrderPoints)
      all.push(wrong(`R is ${name}`, () => concat(point, new Uint8Array(32))))
    return Promise.all(all)
  }
  const { signature } = await readParts(target.as(2), target.message)
  for (const name of wrongEcdsa(cipherSuite, signature).keys()) {
    all.push(wrong(name, (made) => wrongEcdsa(cipherSuite, made).get(name) ?? new Uint8Array()))
  }
  return Promise.all(all)
}

/** Of the right length, or of that of a point. */
function wrongOutputsOf(cipherSuite: number, kemOutput: Bytes): ReadonlyMap<string, Bytes> {
  if (isEcSuite(cipherSuite)) return wrongPoints(cipherSuite, kemOutput)
  return isX25519Suite(cipherSuite) ? smallOrderPoints : wrongCiphertexts(kemOutput)
}

/** KEM outputs that are signed, and no public key of the suite or not the one that was encapsulated with. */
export async function wrongKemOutputs(target: Target): Promise<Hostile[]> {
  const { cipherSuite, members, message } = target
  const wrong = (name: string, kemOutput: (made: Bytes) => Uint8Array) =>
    send(target, name, 'content', { kemOutput })
  const { kemOutput } = await readParts(target.as(2), message)
  const points = wrongOutputsOf(cipherSuite, kemOutput)
  return Promise.all([
    ...Array.from({ length: runs(8, kemOutput.length) }, (_, length) =>
      wrong(`${length} bytes`, (made) => made.slice(0, length)),
    ),
    ...[1, 33, 1000].map((more) => wrong(`${more} more`, (made) => concat(made, new Uint8Array(more)))),
    ...Array.from(points, ([name, point]) => wrong(name, () => point)),
    ...members.map(({ leafIndex, encryptionKey }) =>
      wrong(`the key of leaf ${leafIndex}`, () => encryptionKey),
    ),
  ])
}

const sealWith = (target: Target, kemOutput: Uint8Array, dh: Uint8Array): Promise<Bytes> =>
  sealWithChosenSecret(target.as(2), {
    recipientLeafIndex: 1,
    applicationData: secret,
    kemOutput: concat(kemOutput),
    dh: concat(dh),
  })

/** For suites of X25519: messages under the secret that a point of small order gives everybody, all zero. */
export const withKnownSecrets = (target: Target): Promise<Hostile[]> =>
  Promise.all(
    Array.from(smallOrderPoints, async ([name, point]) => ({
      name: `small order: ${name}`,
      bytes: await sealWith(target, point, new Uint8Array(32)),
      codes: ['content'],
    })),
  )

/** The same with a good point, which opens. */
export function withSharedSecretOf(target: Target): Promise<Bytes> {
  const ephemeral = x25519.keygen()
  const recipient = target.members[1]?.encryptionKey ?? new Uint8Array()
  return sealWith(target, ephemeral.publicKey, x25519.getSharedSecret(ephemeral.secretKey, recipient))
}
