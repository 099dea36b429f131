import type { InspectedField } from 'mls-targeted-messages'

/** What the fields of a message are, and where they are defined. */
export const meanings: Readonly<Record<InspectedField['name'], string>> = {
  version: 'MLS 1.0 (RFC 9420 section 6)',
  wireFormat: 'mls_targeted_message (draft section 3)',
  groupId: 'which group (draft section 3)',
  epoch: 'which epoch of it (draft section 3)',
  recipientLeafIndex: 'to which leaf (draft section 3)',
  authenticatedData: 'readable by all, signed (draft section 3)',
  encryptedSenderAuthData: 'sender, signature, KEM output: for members (draft section 5.3)',
  ciphertext: 'padded content: for the recipient (draft section 5.2)',
}

/** The first bytes in hexadecimal. */
export const hex = (bytes: Uint8Array, limit: number): string =>
  Array.from(bytes.subarray(0, limit), (byte) => byte.toString(16).padStart(2, '0')).join('') +
  (bytes.length > limit ? '…' : '')
