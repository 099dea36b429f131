/** What runs a post-quantum suite in this engine. Loaded when one is chosen. */

import type { CipherSuiteDescription } from 'mls-targeted-messages'
import { hpkeKem } from 'mls-targeted-messages/hpke-js'
import { cipherSuite, mlkem768, mlkem768x25519 } from 'mls-targeted-messages/post-quantum'
import type { fromTsMls } from 'mls-targeted-messages/ts-mls'
import type { PostQuantumId } from '../scenario/suites.js'

/** What this library has to be told about a suite that is not built in. */
export interface LibrarySuite {
  readonly parts: NonNullable<Parameters<typeof fromTsMls>[1]>
  readonly cipherSuites: readonly CipherSuiteDescription[]
}

/** What ts-mls means by its numbers: docs/post-quantum.md. */
const suites = {
  83: {
    native: mlkem768x25519,
    plugIn: async () => {
      const { XWing } = await import('@hpke/hybridkem-x-wing')
      return hpkeKem(new XWing())
    },
    hash: 'SHA-512',
  },
  79: {
    native: mlkem768,
    plugIn: async () => {
      const { MlKem768 } = await import('@hpke/ml-kem')
      return hpkeKem(new MlKem768())
    },
    hash: 'SHA-384',
  },
} as const

export const isNative = (id: PostQuantumId): Promise<boolean> => suites[id].native.isSupported()

/** SubtleCrypto's own KEM if it has one, else that of hpke-js. */
export async function postQuantumSuite(id: PostQuantumId): Promise<LibrarySuite> {
  const { native, plugIn, hash } = suites[id]
  const kem = (await native.isSupported()) ? native : await plugIn()
  const aead = 'AES-256-GCM'
  const suite = cipherSuite({ id, kem, kdf: 'HKDF-SHA512', hash, aead, signature: 'Ed25519' })
  return { parts: { kem }, cipherSuites: [suite] }
}
