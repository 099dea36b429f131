import { p256, p384, p521 } from '@noble/curves/nist.js'
import { unhex } from '../../tests/support/hex.js'
import { withSubtle } from '../../tests/support/with-subtle.js'
import type { Entries } from './entries.js'
import { epochPair, type PairJson } from './epochs.js'
import { codeOf, type Library } from './library.js'
import { memberFromJson } from './member.js'

/** How the library takes the one message, and how often it asked the engine to verify. */
export async function openCountingVerify(
  library: Library,
  { recipients: [recipient], entries: [entry] }: Entries,
): Promise<{ code: string; verified: number }> {
  if (recipient === undefined || entry === undefined) throw new Error('no message was given')
  const epoch = await library.GroupEpoch.create(memberFromJson(recipient))
  let verified = 0
  const count = (real: () => Promise<unknown>): Promise<unknown> => {
    verified += 1
    return real()
  }
  const code = await withSubtle('verify', count, () =>
    codeOf(library, () => epoch.open(unhex(entry.message))),
  )
  return { code, verified }
}

const curves: Record<number, { curve: typeof p256; hash: string }> = {
  2: { curve: p256, hash: 'SHA-256' },
  5: { curve: p521, hash: 'SHA-512' },
  7: { curve: p384, hash: 'SHA-384' },
}

/** How it goes when a callback signs in this form. */
export async function sealWithCallback(
  library: Library,
  { form, ...pair }: PairJson & { readonly form: 'DER' | 'r||s' },
): Promise<string> {
  const { bob, members } = await epochPair(library, pair)
  const { alice } = members
  const scheme = curves[alice.cipherSuite]
  if (scheme === undefined) throw new Error('not a suite with ECDSA')
  const signaturePrivateKey = async (content: Uint8Array<ArrayBuffer>): Promise<Uint8Array> => {
    const digest = new Uint8Array(await crypto.subtle.digest(scheme.hash, content))
    const format = form === 'DER' ? 'der' : 'compact'
    return scheme.curve.sign(digest, alice.self.signaturePrivateKey, { prehash: false, format })
  }
  const epoch = await library.GroupEpoch.create({ ...alice, self: { ...alice.self, signaturePrivateKey } })
  return codeOf(library, async () => {
    const content = { recipientLeafIndex: bob.leafIndex, applicationData: new Uint8Array(5) }
    await bob.open(await epoch.seal(content))
  })
}
