import type { CipherSuiteDescription } from 'mls-targeted-messages'
import type { Stack } from './member.js'
import { postQuantumSuites } from './post-quantum-suites.js'

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
  /** What tells it from the others here. */
  readonly name: string
  /** As it stands in a KeyPackage. */
  readonly id: number
  readonly algorithms: string
  readonly cast: Cast
  /** The least major version of Node whose SubtleCrypto has all of it. */
  readonly node: number
  /** What this library is told, where the number alone says nothing. */
  readonly description?: CipherSuiteDescription
}

export const interopSuites: readonly InteropSuite[] = [
  { name: '1', id: 1, algorithms: 'X25519, AES-128-GCM, SHA-256, Ed25519', cast: mixed, node: 20 },
  { name: '2', id: 2, algorithms: 'P-256, AES-128-GCM, SHA-256, ECDSA', cast: mixed, node: 20 },
  { name: '3', id: 3, algorithms: 'X25519, ChaCha20-Poly1305, SHA-256, Ed25519', cast: mixed, node: 24 },
  ...postQuantumSuites,
]

/** Where ts-mls has the suite, too. */
export const hasTsMls = ({ cast }: InteropSuite): boolean => cast.Tess !== 'OpenMLS'

export function suiteNamed(name: string): InteropSuite {
  const found = interopSuites.find((suite) => suite.name === name)
  if (found === undefined) throw new Error(`interop/suites.ts has no suite ${name}`)
  return found
}
