import { allSuites } from '../suites.js'

/** The part that the states of both ts-mls lines share, so that one reader serves both. */
export interface MlsState {
  readonly groupContext: {
    readonly groupId: Uint8Array
    readonly epoch: bigint
    readonly treeHash: Uint8Array
    readonly confirmedTranscriptHash: Uint8Array
    readonly extensions: readonly unknown[]
  }
  readonly keySchedule: { readonly exporterSecret: Uint8Array }
  readonly ratchetTree: readonly (MlsNode | undefined)[]
  readonly privatePath: {
    readonly leafIndex: number
    readonly privateKeys: Readonly<Record<number, Uint8Array>>
  }
  readonly signaturePrivateKey: Uint8Array
}

export interface MlsNode {
  readonly nodeType: unknown
  readonly leaf?: { readonly hpkePublicKey: Uint8Array; readonly signaturePublicKey: Uint8Array }
}

/** A member to be; what others see of it is a serialized KeyPackage message. */
export interface Newcomer<State> {
  readonly keyPackage: Uint8Array
  create(groupId: Uint8Array): Promise<State>
  join(welcome: Uint8Array): Promise<State>
}

export interface Commit<State> {
  /** The committer's state in the next epoch. */
  readonly state: State
  /** Serialized PrivateMessage. */
  readonly commit: Uint8Array
  /** Serialized Welcome, with the ratchet tree in it; undefined when nobody was added. */
  readonly welcome: Uint8Array | undefined
}

/** One MLS library at one cipher suite. Members exchange nothing but serialized messages. */
export interface MlsClient<State extends MlsState> {
  readonly cipherSuite: MlsSuite
  newcomer(identity: string): Promise<Newcomer<State>>
  /** `add` holds KeyPackages, `remove` leaf indices; neither makes it a plain update. */
  commit(state: State, add: readonly Uint8Array[], remove: readonly number[]): Promise<Commit<State>>
  process(state: State, commit: Uint8Array): Promise<State>
}

/** By their numbers in ts-mls 1. */
export type PostQuantumSuite = 77 | 78 | 79 | 80 | 81 | 82 | 83 | 84 | 85 | 86 | 87 | 88
export const postQuantumSuites: readonly PostQuantumSuite[] = [77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88]

/** Those that both ts-mls lines run on Node 20 with what is installed here. */
export type GroupCipherSuite = (typeof allSuites)[number]
export const groupCipherSuites: readonly GroupCipherSuite[] = allSuites

/** Suites that this library runs with a plug-in of hpke-js. */
export type X448Suite = 4 | 6

export type MlsSuite = GroupCipherSuite | PostQuantumSuite | X448Suite

/** `Extension`, RFC 9420 section 13. */
export interface PlainExtension {
  readonly extensionType: number
  readonly extensionData: Uint8Array
}

/** What clients say of themselves, by name, and what groups that they create demand. Nothing unless given. */
export interface Profile {
  /** Extensions of the LeafNode. */
  readonly leafNode?: (name: string) => readonly PlainExtension[]
  /** Extension types in the capabilities. */
  readonly capabilities?: (name: string) => readonly number[]
  /** Extensions of the GroupContext, which all have to know. */
  readonly groupContext?: readonly PlainExtension[]
}

export interface MlsStack<State extends MlsState> {
  readonly name: string
  client(cipherSuite: MlsSuite, profile?: Profile): Promise<MlsClient<State>>
}

export const suiteNames = {
  1: 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519',
  2: 'MLS_128_DHKEMP256_AES128GCM_SHA256_P256',
  3: 'MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519',
  4: 'MLS_256_DHKEMX448_AES256GCM_SHA512_Ed448',
  5: 'MLS_256_DHKEMP521_AES256GCM_SHA512_P521',
  6: 'MLS_256_DHKEMX448_CHACHA20POLY1305_SHA512_Ed448',
  7: 'MLS_256_DHKEMP384_AES256GCM_SHA384_P384',
  77: 'MLS_128_MLKEM512_AES128GCM_SHA256_Ed25519',
  78: 'MLS_128_MLKEM512_CHACHA20POLY1305_SHA256_Ed25519',
  79: 'MLS_256_MLKEM768_AES256GCM_SHA384_Ed25519',
  80: 'MLS_256_MLKEM768_CHACHA20POLY1305_SHA384_Ed25519',
  81: 'MLS_256_MLKEM1024_AES256GCM_SHA512_Ed25519',
  82: 'MLS_256_MLKEM1024_CHACHA20POLY1305_SHA512_Ed25519',
  83: 'MLS_256_XWING_AES256GCM_SHA512_Ed25519',
  84: 'MLS_256_XWING_CHACHA20POLY1305_SHA512_Ed25519',
  85: 'MLS_256_MLKEM1024_AES256GCM_SHA512_MLDSA87',
  86: 'MLS_256_MLKEM1024_CHACHA20POLY1305_SHA512_MLDSA87',
  87: 'MLS_256_XWING_AES256GCM_SHA512_MLDSA87',
  88: 'MLS_256_XWING_CHACHA20POLY1305_SHA512_MLDSA87',
} as const
