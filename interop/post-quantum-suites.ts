import { XWing } from '@hpke/hybridkem-x-wing'
import { MlKem768 } from '@hpke/ml-kem'
import { hpkeKem } from 'mls-targeted-messages/hpke-js'
import {
  cipherSuite,
  MLS_128_MLKEM768_AES256GCM_SHA384_Ed25519,
  MLS_128_MLKEM768_AES256GCM_SHA384_P256,
  MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519,
  MLS_128_MLKEM768X25519_AES256GCM_SHA384_Ed25519,
  MLS_128_MLKEM768X25519_CHACHA20POLY1305_SHA384_MLDSA44,
  MLS_192_MLKEM768_AES256GCM_SHA384_MLDSA65,
  MLS_192_MLKEM1024_AES256GCM_SHA384_P384,
  MLS_256_MLKEM1024_AES256GCM_SHA384_MLDSA87,
  type UnnumberedSuite,
} from 'mls-targeted-messages/post-quantum'
import type { Cast, InteropSuite } from './suites.js'

/** The suites of ts-mls have other hashes than draft-ietf-mls-pq-ciphersuites-06, and other numbers than OpenMLS. */
const alone: Cast = {
  Olga: 'OpenMLS',
  Tess: 'OpenMLS',
  Tim: 'OpenMLS',
  Otto: 'OpenMLS',
  Oscar: 'OpenMLS',
  Tom: 'OpenMLS',
}

/** `id` is the number that OpenMLS gives: the draft has none yet. */
const row = (id: number, algorithms: string, node: number, suite: UnnumberedSuite): InteropSuite => ({
  name: hexNumber(id),
  id,
  algorithms,
  cast: alone,
  node,
  description: cipherSuite({ id, ...suite }),
})

const plugIn = (plain: InteropSuite, kem: UnnumberedSuite['kem']): InteropSuite => ({
  ...plain,
  name: `${plain.name}, hpke-js`,
  node: 20,
  ...(plain.description && { description: cipherSuite({ ...plain.description, kem }) }),
})

const hexNumber = (id: number): string => `0x${id.toString(16).padStart(4, '0')}`

const xWing = row(
  0x004f,
  'X-Wing, AES-128-GCM, SHA-256, Ed25519',
  26,
  MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519,
)
const mlKem768 = row(
  0xf042,
  'ML-KEM-768, AES-256-GCM, SHA-384, Ed25519',
  24,
  MLS_128_MLKEM768_AES256GCM_SHA384_Ed25519,
)

export const postQuantumSuites: readonly InteropSuite[] = [
  xWing,
  plugIn(xWing, hpkeKem(new XWing())),
  row(0x004e, 'X-Wing, AES-256-GCM, SHA-384, Ed25519', 26, MLS_128_MLKEM768X25519_AES256GCM_SHA384_Ed25519),
  mlKem768,
  plugIn(mlKem768, hpkeKem(new MlKem768())),
  row(0x0050, 'ML-KEM-768, AES-256-GCM, SHA-384, P-256', 24, MLS_128_MLKEM768_AES256GCM_SHA384_P256),
  row(0x0042, 'ML-KEM-1024, AES-256-GCM, SHA-384, P-384', 24, MLS_192_MLKEM1024_AES256GCM_SHA384_P384),
  row(
    0x0052,
    'X-Wing, ChaCha20-Poly1305, SHA-384, ML-DSA-44',
    26,
    MLS_128_MLKEM768X25519_CHACHA20POLY1305_SHA384_MLDSA44,
  ),
  row(0x0051, 'ML-KEM-768, AES-256-GCM, SHA-384, ML-DSA-65', 24, MLS_192_MLKEM768_AES256GCM_SHA384_MLDSA65),
  row(0x0907, 'ML-KEM-1024, AES-256-GCM, SHA-384, ML-DSA-87', 24, MLS_256_MLKEM1024_AES256GCM_SHA384_MLDSA87),
  // Of an earlier draft; OpenMLS still has it.
  row(0x0906, 'ML-KEM-1024, AES-256-GCM, SHA-512, ML-DSA-87', 24, {
    ...MLS_256_MLKEM1024_AES256GCM_SHA384_MLDSA87,
    kdf: 'HKDF-SHA512',
    hash: 'SHA-512',
  }),
]
