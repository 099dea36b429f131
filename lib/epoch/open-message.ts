import { fail } from '../errors.js'
import { type Opened, openTargetedMessage } from '../targeted/open.js'
import { decodeTargetedMessage } from '../targeted/structs.js'
import { checkBytes } from '../tls/bytes.js'
import type { MemberKeys } from './member-keys.js'
import type { EpochState } from './state.js'

/** Opens a serialized MLSMessage with all checks, and without a memory of earlier ones. Throws at once, too. */
export function openMessage(state: EpochState, memberKeys: MemberKeys, message: Uint8Array): Promise<Opened> {
  const given = checkBytes(message, 'message')
  checkMessageLength(state, given.length)
  return openTargetedMessage(state, memberKeys, decodeTargetedMessage(new Uint8Array(given)))
}

/** Throws `too-large`. */
export function checkMessageLength({ maxMessageLength }: EpochState, length: number): void {
  if (length <= maxMessageLength) return
  throw fail('too-large', `${length} bytes exceed maxMessageLength, ${maxMessageLength}`)
}
