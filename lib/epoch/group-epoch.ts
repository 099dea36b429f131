import { checkInteger, checkLeafIndex, USAGE } from '../check-argument.js'
import { attempt, invalidInput } from '../errors.js'
import { inOrder } from '../in-order.js'
import { contentLength, encodeContent, type Padding, padme } from '../targeted/padding.js'
import { decodeTargetedMessage } from '../targeted/structs.js'
import { type Bytes, checkBytes } from '../tls/bytes.js'
import { createEpoch } from './create.js'
import type { Epoch } from './epoch.js'
import { checkMessageLength, copyMessage } from './message-length.js'
import type { GroupEpochOptions } from './options.js'
import { type FromOptions, type GroupEpochRecord, readRecord, toRecord } from './record.js'

/** What a message says, and how it is padded. */
export interface Content {
  /** Encrypted. Of any length, even empty. */
  readonly applicationData: Uint8Array
  /** Authenticated, not encrypted: anybody on the way can read it. */
  readonly authenticatedData?: Uint8Array | undefined
  /** Zero bytes to append to the content; {@link padme} unless given. */
  readonly padding?: Padding | undefined
}

/** A message to one member. */
export interface SealOptions extends Content {
  /** uint32; not the own leaf, and not blank. */
  readonly recipientLeafIndex: number
}

/** The same message to several members. */
export interface SealEachOptions extends Content {
  /** uint32 each; not the own leaf, and none of them blank. */
  readonly recipientLeafIndices: Iterable<number>
  /** How many messages are sealed at a time; 8 unless given. */
  readonly concurrency?: number | undefined
  /**
   * If it is given, members who do not support targeted messages (`supportsTargetedMessages` of `members`) are left out. It
   * is called with the leaf index of each of them before the first message is sealed. Without it nobody is left out.
   */
  readonly onLeftOut?: ((recipientLeafIndex: number) => void) | undefined
}

/** A message of a fan-out. */
export interface SealedMessage {
  /** uint32. */
  readonly recipientLeafIndex: number
  /** A serialized MLSMessage. */
  readonly message: Bytes
}

/** A message that passed every check. */
export interface OpenedMessage {
  /** uint32: the leaf whose key verified the signature. */
  readonly senderLeafIndex: number
  /** Decrypted, without padding. */
  readonly applicationData: Bytes
  /** What the sender sent along in the clear, authenticated. */
  readonly authenticatedData: Bytes
}

/** What a member of a group knows in one epoch, ready to seal and open targeted messages. Immutable. */
export class GroupEpoch {
  readonly #epoch: Epoch

  private constructor(epoch: Epoch) {
    this.#epoch = epoch
  }

  /**
   * Derives what messages of this epoch need, and keeps no secret as bytes. Proves that the private keys belong to
   * the own leaf. Throws `invalid-input`, and `unsupported-cipher-suite` where the engine lacks a primitive.
   */
  static create(options: GroupEpochOptions): Promise<GroupEpoch> {
    return attempt(...USAGE, async () => new GroupEpoch(await createEpoch(options)))
  }

  /** The group's id; a copy. */
  get groupId(): Bytes {
    return this.#epoch.keys.groupId.slice()
  }

  /** The epoch's number, a uint64. */
  get epoch(): bigint {
    return this.#epoch.keys.epoch
  }

  /** The cipher suite's number, RFC 9420 section 17.1. */
  get cipherSuite(): number {
    return this.#epoch.keys.suite.id
  }

  /** The own leaf, a uint32. */
  get leafIndex(): number {
    return this.#epoch.leafIndex
  }

  /**
   * Seals a message to one other member (draft sections 4 and 5) and gives the serialized MLSMessage. Throws
   * `recipient-not-in-group` for a blank leaf, `too-large` over `maxMessageLength`, `invalid-input`.
   */
  seal(options: SealOptions): Promise<Bytes> {
    return attempt(...USAGE, () =>
      this.#sealTo(this.#recipient(options.recipientLeafIndex), this.#encode(options)),
    )
  }

  /**
   * Seals the same content to each of several members, each message on its own. Yields in the order of the
   * recipients, while the next ones are being sealed. All recipients are checked before the first message is sealed.
   * Throws as {@link seal} does.
   */
  sealEach(options: SealEachOptions): AsyncGenerator<SealedMessage, void, undefined> {
    // Here, so that the content is copied now; the iterator reports what is wrong with it.
    const prepared = attempt(...USAGE, () => {
      const given = [...options.recipientLeafIndices].map((leafIndex) => this.#recipient(leafIndex))
      const concurrency = checkInteger(options.concurrency ?? 8, 'concurrency', 1)
      const content = this.#encode(options)
      return { recipients: this.#leaveOut(given, options.onLeftOut), concurrency, content }
    })
    prepared.catch(() => {})
    return this.#sealEach(prepared)
  }

  /**
   * Opens a message for the own leaf in this epoch, with all checks of draft section 6; the signature is verified
   * before the content is decrypted. Throws, in this order: `too-large`, `malformed`, `unknown-group`,
   * `epoch-expired` or `epoch-ahead`, `not-for-this-member`, `sender-auth-data`, `malformed`, `sender-not-in-group`,
   * `signature`, `content`, `malformed`, `padding`. It does not detect replays: an {@link Inbox} does.
   */
  async open(message: Uint8Array): Promise<OpenedMessage> {
    const copy = copyMessage(message, this.#maxMessageLength)
    const { tbs, ...opened } = await this.#epoch.open(decodeTargetedMessage(copy))
    return opened
  }

  /**
   * The id that the recipient's inbox gives the message: `received.id`, 22 characters. The sender can compute it, and so can
   * any member, because all can read the sender auth data. It names a message and proves nothing: neither the signature nor
   * the content is checked. Throws `too-large`, `malformed`, `unknown-group`, `epoch-expired` or
   * `epoch-ahead`, `sender-auth-data`.
   */
  async messageId(message: Uint8Array): Promise<string> {
    return this.#epoch.identify(decodeTargetedMessage(copyMessage(message, this.#maxMessageLength)))
  }

  /**
   * The epoch as plain data for IndexedDB, `postMessage` and `structuredClone`, without secret bytes: CryptoKeys that
   * are not extractable, or secrets that `storageKey` encrypted. Throws `storage` if a private key would have to be
   * encrypted, but was given as a CryptoKey that is not extractable.
   */
  export(): GroupEpochRecord {
    return toRecord(this.#epoch)
  }

  /**
   * The epoch of a record of {@link GroupEpoch.export}. Throws `invalid-input` for anything else, including a damaged
   * record and an unknown version; `storage` for a wrong or missing `storageKey`.
   */
  static from(record: GroupEpochRecord, options: FromOptions = {}): Promise<GroupEpoch> {
    const message = 'this is not a record of an epoch, or it is damaged'
    return attempt('invalid-input', message, async () => new GroupEpoch(await readRecord(record, options)))
  }

  #recipient(leafIndex: number): number {
    checkLeafIndex(leafIndex, 'recipientLeafIndex')
    if (leafIndex === this.leafIndex)
      throw invalidInput(`recipientLeafIndex ${leafIndex} is this member's own leaf`)
    this.#epoch.members.rawEncryptionKey(leafIndex)
    return leafIndex
  }

  #leaveOut(recipients: number[], onLeftOut: SealEachOptions['onLeftOut']): number[] {
    if (!onLeftOut) return recipients
    const supports = (leafIndex: number) => this.#epoch.members.supportsTargetedMessages(leafIndex)
    for (const leafIndex of recipients) if (!supports(leafIndex)) onLeftOut(leafIndex)
    return recipients.filter(supports)
  }

  async *#sealEach(prepared: Promise<FanOut>): AsyncGenerator<SealedMessage, void, undefined> {
    const { recipients, concurrency, content } = await prepared
    yield* inOrder(recipients, concurrency, async (recipientLeafIndex) => ({
      recipientLeafIndex,
      message: await this.#sealTo(recipientLeafIndex, content),
    }))
  }

  async #sealTo(recipientLeafIndex: number, content: EncodedContent): Promise<Bytes> {
    const message = await this.#epoch.seal({ recipientLeafIndex, ...content })
    checkMessageLength(message.length, this.#maxMessageLength)
    return message
  }

  /** Copies the caller's bytes before anything is awaited, and only if they are not too long. */
  #encode({
    applicationData,
    authenticatedData = new Uint8Array(),
    padding = padme,
  }: Content): EncodedContent {
    const length = contentLength(applicationData, padding)
    const { length: clear } = checkBytes(authenticatedData, 'authenticatedData')
    checkMessageLength(length + clear, this.#maxMessageLength)
    return {
      content: encodeContent(applicationData, length),
      authenticatedData: new Uint8Array(authenticatedData),
    }
  }

  get #maxMessageLength(): number {
    return this.#epoch.state.maxMessageLength
  }
}

interface EncodedContent {
  readonly content: Bytes
  readonly authenticatedData: Bytes
}

interface FanOut {
  readonly recipients: readonly number[]
  readonly concurrency: number
  readonly content: EncodedContent
}
