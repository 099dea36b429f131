/**
 * Seal and open targeted messages: {@link GroupEpoch} for one epoch, {@link Inbox} for all that a member receives.
 * Lengths are in bytes. Every error is a {@link TargetedMessageError}.
 *
 * @packageDocumentation
 * @module mls-targeted-messages
 */

export type { PrivateKeyInput } from './crypto/private-keys.js'
export type { SignatureCallback } from './crypto/signature/signature.js'
export type { CipherSuiteDescription } from './crypto/suites.js'
export { supportedCipherSuites } from './crypto/support.js'
export type { Exporter, ExporterInput } from './epoch/exporter.js'
export {
  type Content,
  GroupEpoch,
  type OpenedMessage,
  type SealEachOptions,
  type SealedMessage,
  type SealOptions,
} from './epoch/group-epoch.js'
export type { GroupEpochOptions, Self } from './epoch/options.js'
export type { FromOptions, GroupEpochRecord } from './epoch/record.js'
export { TargetedMessageError, type TargetedMessageErrorCode } from './errors.js'
export type { ReceivedMessage, ReceiveOptions } from './inbox/deliveries.js'
export { Inbox, type InboxGroup, type InboxOptions } from './inbox/inbox.js'
export type { MarkState, NoteOutcome, NoteStep } from './inbox/note-steps.js'
export type {
  DeliveredMessage,
  Delivery,
  ReceiveEachOptions,
  RefusedMessage,
} from './inbox/receive-each.js'
export type {
  GroupChange,
  InboxStore,
  InboxWindow,
  KeptEpoch,
  KeptGroup,
  Listener,
  Note,
  StoredEpoch,
} from './inbox/store.js'
export type { Member } from './mls/ratchet-tree.js'
export { type InspectedField, inspect, isTargetedMessage, readHeader } from './targeted/header.js'
export { blocks, type Padding, padme } from './targeted/padding.js'
export type { Revision } from './targeted/revisions.js'
export type { TargetedMessageHeader } from './targeted/structs.js'
export type { Bytes } from './tls/bytes.js'
