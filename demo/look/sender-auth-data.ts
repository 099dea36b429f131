/** What only members can read of a message to another: who sent it (draft section 5.3). */

import { inspect, readHeader } from 'mls-targeted-messages'
import { mlsExporter } from 'ts-mls'
import { expandWithLabel } from 'ts-mls/crypto/kdf.js'
import type { ClientState, Stack } from '../messenger/stack.js'
import { concat, opaque, splitOpaque, uint, utf8 } from './tls.js'

export interface SenderAuthData {
  readonly senderLeafIndex: number
  readonly signature: Uint8Array
  readonly kemOutput: Uint8Array
}

/** The part of a member's state that is needed. */
type Knowing = Pick<ClientState, 'keySchedule'>

/** Throws if the state is of another epoch. */
export async function openSenderAuthData(
  message: Uint8Array,
  state: Knowing,
  stack: Stack,
): Promise<SenderAuthData> {
  const { key, nonce } = await keysFor(fieldOf(message, 'ciphertext'), state, stack)
  const encrypted = fieldOf(message, 'encryptedSenderAuthData')
  const opened = await stack.hpke.decryptAead(key, nonce, aadOf(message), encrypted)
  const senderLeafIndex = new DataView(opened.buffer, opened.byteOffset).getUint32(0)
  const [signature, rest] = splitOpaque(opened.subarray(4))
  const [kemOutput] = splitOpaque(rest)
  return { senderLeafIndex, signature, kemOutput }
}

/** For a message with this ciphertext, in the group, epoch and for the leaf of `message`. */
export async function sealSenderAuthData(
  { senderLeafIndex, signature, kemOutput }: SenderAuthData,
  { message, ciphertext }: { readonly message: Uint8Array; readonly ciphertext: Uint8Array },
  state: Knowing,
  stack: Stack,
): Promise<Uint8Array> {
  const { key, nonce } = await keysFor(ciphertext, state, stack)
  const plain = concat(uint(senderLeafIndex, 4), opaque(signature), opaque(kemOutput))
  return stack.hpke.encryptAead(key, nonce, aadOf(message), plain)
}

async function keysFor(ciphertext: Uint8Array, { keySchedule }: Knowing, stack: Stack) {
  const { kdf, hpke } = stack
  const context = utf8('sender auth data secret')
  const secret = await mlsExporter(keySchedule.exporterSecret, 'targeted message', context, kdf.size, stack)
  const sample = ciphertext.slice(0, kdf.size)
  return {
    key: await expandWithLabel(secret, 'key', sample, hpke.keyLength, kdf),
    nonce: await expandWithLabel(secret, 'nonce', sample, hpke.nonceLength, kdf),
  }
}

/** SenderAuthDataAAD. */
function aadOf(message: Uint8Array): Uint8Array {
  const { groupId, epoch, recipientLeafIndex } = readHeader(message)
  return concat(opaque(groupId), uint(epoch, 8), uint(recipientLeafIndex, 4))
}

export function fieldOf(message: Uint8Array, name: ReturnType<typeof inspect>[number]['name']): Uint8Array {
  const value = inspect(message).find((field) => field.name === name)?.value
  if (!(value instanceof Uint8Array)) throw new Error(`the message has no bytes in ${name}`)
  return value
}
