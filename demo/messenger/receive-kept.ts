import type { Inbox, ReceivedMessage } from 'mls-targeted-messages'

export type Kept = ReceivedMessage & { readonly id: string }

/** Receives, and keeps what was received. */
export async function receiveKept(
  inbox: Inbox,
  message: Uint8Array,
  keep: (received: Kept) => Promise<void>,
): Promise<void> {
  const received = await inbox.receive(message)
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(message))
  await keep({ ...received, id: String(new Uint8Array(digest)) })
}
