import type { OpenedMessage, Revision } from 'mls-targeted-messages'

/** The content of a whisper. */
export interface Content {
  readonly recipientLeafIndex: number
  readonly applicationData: Uint8Array
  readonly authenticatedData: Uint8Array
}

/** One who seals and opens targeted messages for a member in one epoch. */
export interface Voice {
  /** Whose code speaks, over which stack. */
  readonly kind: VoiceKind
  readonly revision: Revision
  readonly leafIndex: number
  seal(content: Content): Promise<Uint8Array>
  open(message: Uint8Array): Promise<OpenedMessage>
}

export type Stack = 'OpenMLS' | 'ts-mls 1' | 'ts-mls 2'

/** OpenMLS has targeted messages of its own; ours speak for a member of any stack. */
export type VoiceKind = 'OpenMLS itself' | `ours for ${Stack}`

export interface Commit {
  readonly commit: Uint8Array
  /** When somebody was added. */
  readonly welcome: Uint8Array | undefined
}

/** A member of a live group, whatever its stack. Members exchange nothing but serialized messages. */
export interface Member {
  readonly name: string
  readonly stack: Stack
  readonly leafIndex: number
  /** A serialized KeyPackage. */
  readonly keyPackage: Uint8Array
  found(groupId: Uint8Array): Promise<void>
  join(welcome: Uint8Array): Promise<void>
  /** Changes its own leaf key in any case. */
  commit(add: readonly Uint8Array[], remove: readonly number[]): Promise<Commit>
  process(commit: Uint8Array): Promise<void>
  /** All that can speak for the member in the epoch that it is in. */
  voices(): Promise<Voice[]>
  end(): void
}
