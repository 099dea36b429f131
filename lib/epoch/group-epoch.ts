import { TargetedMessageError } from '../errors.js'
import { openTargetedMessage } from '../targeted/open.js'
import { encodeContent, type Padding, padme } from '../targeted/padding.js'
import { sealTargetedMessage } from '../targeted/seal.js'
import { decodeTargetedMessage } from '../targeted/structs.js'
import { type Bytes, checkBytes, copyBytes } from '../tls/bytes.js'
import { createEpochState } from './create.js'
import { inOrder } from './in-order.js'
import { checkLeafIndex, checkPositive, invalidInput } from './input.js'
import { blank, MemberKeys } from './member-keys.js'
import type { GroupEpochOptions } from './options.js'
import type { EpochState } from './state.js'

/** What a message says, and how it is padded. */
export interface Content {
  /** Encrypted. Any length, also none. */
  readonly applicationData: Uint8Array
  /** Authenticated, not encrypted: anybody on the way can read it. */
  readonly authenticatedData?: Uint8Array | undefined
  /** Zero bytes to append to the content; {@link padme} unless given. */
  readonly padding?: Padding | undefined
}

export interface SealOptions extends Content {
  readonly recipientLeafIndex: number
}

export interface SealEachOptions extends Content {
  readonly recipientLeafIndices: Iterable<number>
  /** How many messages are in the making at a time; 8 unless given. */
  readonly concurrency?: number | undefined
}

/** A message of a fan-out. */
export interface SealedMessage {
  readonly recipientLeafIndex: number
  /** A serialized MLSMessage. */
  readonly message: Bytes
}

/** A message that passed every check. */
export interface OpenedMessage {
  readonly senderLeafIndex: number
  readonly applicationData: Bytes
  readonly authenticatedData: Bytes
}

/** What a member of a group knows in one epoch, ready to seal and open targeted messages. Immutable. */
export class GroupEpoch {
  readonly #state: EpochState
  readonly #memberKeys: MemberKeys

  private constructor(state: EpochState) {
    this.#state = state
    this.#memberKeys = new MemberKeys(state)
  }

  /**
   * Derives what messages of this epoch need, and keeps no secret as bytes. Proves that the private keys belong to
   * the own leaf. Throws `invalid-input`, and `unsupported-cipher-suite` where the engine lacks a primitive.
   */
  static async create(options: GroupEpochOptions): Promise<GroupEpoch> {
    return new GroupEpoch(await createEpochState(options))
  }

  /** A copy. */
  get groupId(): Bytes {
    return this.#state.keys.groupId.slice()
  }

  /** uint64. */
  get epoch(): bigint {
    return this.#state.keys.epoch
  }

  /** RFC 9420 section 17.1. */
  get cipherSuite(): number {
    return this.#state.keys.suite.id
  }

  /** The own leaf. */
  get leafIndex(): number {
    return this.#state.leafIndex
  }

  /**
   * Seals a message to one other member (draft sections 4 and 5) and gives the serialized MLSMessage. Throws
   * `recipient-not-in-group` for a blank leaf, `too-large` over `maxMessageLength`, `invalid-input`.
   */
  async seal({ recipientLeafIndex, ...content }: SealOptions): Promise<Bytes> {
    this.#checkRecipient(recipientLeafIndex)
    return this.#sealTo(recipientLeafIndex, encode(content))
  }

  /**
   * Seals the same content to each of several members, each message on its own. Yields in the order of the
   * recipients, while the next ones are in the making. All recipients are checked before the first is sealed to.
   * Throws as {@link seal} does.
   */
  async *sealEach({
    recipientLeafIndices,
    concurrency = 8,
    ...content
  }: SealEachOptions): AsyncGenerator<SealedMessage, void, undefined> {
    checkPositive(concurrency, 'concurrency')
    const recipients = [...recipientLeafIndices]
    for (const recipient of recipients) this.#checkRecipient(recipient)
    const encoded = encode(content)
    yield* inOrder(recipients, concurrency, async (recipientLeafIndex) => ({
      recipientLeafIndex,
      message: await this.#sealTo(recipientLeafIndex, encoded),
    }))
  }

  /**
   * Opens a message for the own leaf in this epoch, with all checks of draft section 6; the signature is verified
   * before the content is decrypted. Throws, in this order: `too-large`, `malformed`, `unknown-group`,
   * `epoch-expired` or `epoch-ahead`, `not-for-this-member`, `sender-auth-data`, `malformed`, `sender-not-in-group`,
   * `signature`, `content`, `malformed`, `padding`. It does not detect replays: an {@link Inbox} does.
   */
  async open(message: Uint8Array): Promise<OpenedMessage> {
    const { keys, leafIndex, encryptionKeyPair, maxMessageLength } = this.#state
    checkLength(checkBytes(message, 'message').length, maxMessageLength)
    const decoded = decodeTargetedMessage(copyBytes(message, 'message'))
    const { senderLeafIndex, applicationData, authenticatedData } = await openTargetedMessage(
      keys,
      {
        recipientLeafIndex: leafIndex,
        recipientKeyPair: encryptionKeyPair,
        senderPublicKey: (sender) => this.#memberKeys.signatureKey(sender),
        info: (pair) => this.#memberKeys.info(pair),
      },
      decoded,
    )
    return { senderLeafIndex, applicationData, authenticatedData }
  }

  #checkRecipient(recipientLeafIndex: number): void {
    const { members, leafIndex } = this.#state
    checkLeafIndex(recipientLeafIndex, 'recipientLeafIndex')
    if (recipientLeafIndex === leafIndex) {
      throw invalidInput(
        `recipientLeafIndex ${leafIndex} is the own leaf; a targeted message goes to another member`,
      )
    }
    if (!members.has(recipientLeafIndex)) throw blank('recipient-not-in-group', recipientLeafIndex)
  }

  async #sealTo(recipientLeafIndex: number, { content, authenticatedData }: EncodedContent): Promise<Bytes> {
    const { keys, leafIndex: senderLeafIndex, signer, maxMessageLength } = this.#state
    checkLength(content.length + authenticatedData.length, maxMessageLength)
    const [recipientPublicKey, info] = await Promise.all([
      this.#memberKeys.encryptionKey(recipientLeafIndex),
      this.#memberKeys.info({ recipientLeafIndex, senderLeafIndex }),
    ])
    const message = await sealTargetedMessage(keys, {
      recipientLeafIndex,
      recipientPublicKey,
      senderLeafIndex,
      signer,
      info,
      authenticatedData,
      content,
    })
    checkLength(message.length, maxMessageLength)
    return message
  }
}

interface EncodedContent {
  readonly content: Bytes
  readonly authenticatedData: Bytes
}

/** Copies what the caller gave before anything is awaited. */
const encode = ({ applicationData, authenticatedData, padding }: Content): EncodedContent => ({
  content: encodeContent(applicationData, padding ?? padme),
  authenticatedData: copyBytes(authenticatedData ?? new Uint8Array(), 'authenticatedData'),
})

function checkLength(length: number, maxMessageLength: number): void {
  if (length <= maxMessageLength) return
  throw new TargetedMessageError(
    'too-large',
    `${length} bytes exceed maxMessageLength, which is ${maxMessageLength}`,
  )
}
