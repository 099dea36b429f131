import { BoundedCache } from '../bounded-cache.js'
import { type HpkeInfo, hpkeInfo } from '../crypto/hpke-psk.js'
import { deserializePublicKey, type KemPublicKey } from '../crypto/kem/kem.js'
import type { KeyKind } from '../crypto/key-kind.js'
import { attempt, fail, type TargetedMessageErrorCode } from '../errors.js'
import type { EpochKeys } from '../targeted/epoch-keys.js'
import type { Pair } from '../targeted/revisions.js'
import { pskIdFields } from '../targeted/structs.js'
import type { Bytes } from '../tls/bytes.js'
import { type PackedMembers, partOf } from './members.js'

/** For how many members the imported keys are kept: a few kilobytes each at most. */
const CAPACITY = 256

/** The part of an epoch that its members' keys depend on. */
export interface Membership {
  readonly keys: EpochKeys
  readonly members: PackedMembers
  readonly groupContext: Bytes
}

/** What is the same for all messages to or from one member: imported on first use, and kept for the members used last. */
export class MemberKeys {
  readonly #epoch: Membership
  readonly #encryptionKeys = new BoundedCache<number, KemPublicKey>(CAPACITY)
  readonly #signatureKeys = new BoundedCache<number, CryptoKey>(CAPACITY)
  readonly #infos = new BoundedCache<string, HpkeInfo>(CAPACITY)

  constructor(epoch: Membership) {
    this.#epoch = epoch
  }

  /** Throws `recipient-not-in-group` for a blank leaf. */
  rawEncryptionKey(leafIndex: number): Bytes {
    const { members } = this.#epoch
    return partOf(members, members.encryptionKeys, leafIndex) ?? blank('recipient-not-in-group', leafIndex)
  }

  supportsTargetedMessages(leafIndex: number): boolean {
    const { members } = this.#epoch
    return partOf(members, members.supporting, leafIndex)?.[0] === 1
  }

  encryptionKey(leafIndex: number): Promise<KemPublicKey> {
    const raw = this.rawEncryptionKey(leafIndex)
    const { suite } = this.#epoch.keys
    return this.#encryptionKeys.get(leafIndex, () =>
      ofMember('invalid-input', suite.kem, leafIndex, () => deserializePublicKey(suite.kem, raw)),
    )
  }

  /** Throws `sender-not-in-group`, at once, for a blank leaf (draft section 6, step 4). */
  signatureKey(leafIndex: number): Promise<CryptoKey> {
    const { members, keys } = this.#epoch
    const raw = partOf(members, members.signatureKeys, leafIndex) ?? blank('sender-not-in-group', leafIndex)
    const { signature } = keys.suite
    return this.#signatureKeys.get(leafIndex, () =>
      ofMember('signature', signature, leafIndex, () => signature.importPublicKey(raw)),
    )
  }

  info(pair: Pair): Promise<HpkeInfo> {
    const { groupContext, keys } = this.#epoch
    const { suite, rules, groupId, epoch } = keys
    const key = rules.infoPer === 'epoch' ? '' : `${pair.recipientLeafIndex} ${pair.senderLeafIndex}`
    return this.#infos.get(key, () =>
      hpkeInfo(suite, pskIdFields(groupId, epoch), rules.info(groupContext, pair)),
    )
  }
}

const ofMember = <T>(
  code: TargetedMessageErrorCode,
  { name }: KeyKind,
  leafIndex: number,
  action: () => Promise<T>,
): Promise<T> => attempt(code, `a public key of leaf ${leafIndex} is not a valid ${name} key`, action)

function blank(code: TargetedMessageErrorCode, leafIndex: number): never {
  throw fail(code, `leaf ${leafIndex} is blank in this epoch`)
}
