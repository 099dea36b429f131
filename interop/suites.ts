import type { GroupCipherSuite } from '../testing/groups.js'
import type { Stack } from './member.js'

/** Who is in the groups of a suite. Olga founds; Oscar and Tom join later. */
export type Cast = Readonly<Record<'Olga' | 'Tess' | 'Tim' | 'Otto' | 'Oscar' | 'Tom', Stack>>

const mixed: Cast = {
  Olga: 'OpenMLS',
  Tess: 'ts-mls 1',
  Tim: 'ts-mls 2',
  Otto: 'OpenMLS',
  Oscar: 'OpenMLS',
  Tom: 'ts-mls 1',
}

/** A suite that OpenMLS and this library share. */
export interface InteropSuite {
  /** As it stands in a KeyPackage. */
  readonly id: GroupCipherSuite
  readonly algorithms: string
  readonly cast: Cast
  /** The least major version of Node whose SubtleCrypto has the suite. */
  readonly node: number
}

export const interopSuites: readonly InteropSuite[] = [
  { id: 1, algorithms: 'X25519, AES-128-GCM, SHA-256, Ed25519', cast: mixed, node: 20 },
  { id: 2, algorithms: 'P-256, AES-128-GCM, SHA-256, ECDSA', cast: mixed, node: 20 },
  { id: 3, algorithms: 'X25519, ChaCha20-Poly1305, SHA-256, Ed25519', cast: mixed, node: 24 },
]

export function suiteWithId(id: number): InteropSuite {
  const found = interopSuites.find((suite) => suite.id === id)
  if (found === undefined) throw new Error(`suite ${id} is not in interop/suites.ts`)
  return found
}
