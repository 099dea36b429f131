/** What a member has to send. */

/** The content of a message, sealed to the group or to one member. */
export type Body =
  | { readonly type: 'text'; readonly id: string; readonly text: string }
  /** The text with this id was read. */
  | { readonly type: 'read'; readonly id: string }

export type Content =
  /** To the group. */
  | { readonly kind: 'say'; readonly body: Body }
  | { readonly kind: 'whisper'; readonly to: string; readonly body: Body }
  /** A whisper that is not sent yet, and is not sealed again when its epoch ends. */
  | { readonly kind: 'held'; readonly to: string; readonly body: Body }
  /** A whisper that was held back. */
  | { readonly kind: 'late' }
  /** A commit or a proposal: void with its epoch. */
  | { readonly kind: 'handshake' }
  /** A KeyPackage or a Welcome. */
  | { readonly kind: 'joining' }

export interface Sealed {
  readonly bytes: Uint8Array
  readonly epoch: bigint
}

/** Keeps its id, even if it is sealed again. */
export interface Outgoing {
  readonly id: string
  readonly content: Content
  /** Undefined if it cannot be sealed yet. */
  readonly sealed: Sealed | undefined
}

export const unsealed = (content: Content): Outgoing => ({
  id: crypto.randomUUID(),
  content,
  sealed: undefined,
})

/** For kinds that belong to no epoch, and for handshakes. */
export const readyMade = (kind: 'handshake' | 'joining', bytes: Uint8Array, epoch = 0n): Outgoing => ({
  id: crypto.randomUUID(),
  content: { kind },
  sealed: { bytes, epoch },
})

export const encodeBody = (body: Body): Uint8Array => new TextEncoder().encode(JSON.stringify(body))

/** Undefined for what this messenger does not understand. */
export function decodeBody(bytes: Uint8Array): Body | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof value !== 'object' || value === null) return undefined
    if (!('type' in value && 'id' in value && typeof value.id === 'string')) return undefined
    if (value.type === 'read') return { type: 'read', id: value.id }
    if (value.type !== 'text' || !('text' in value) || typeof value.text !== 'string') return undefined
    return { type: 'text', id: value.id, text: value.text }
  } catch {
    return undefined
  }
}
