import { type HpkeInfo, hpkeInfo } from '../crypto/hpke-psk.js'
import { importEncryptionKey, importSignatureKey } from '../crypto/keys.js'
import { attempt, TargetedMessageError } from '../errors.js'
import type { Pair } from '../targeted/revisions.js'
import { BoundedCache } from './bounded-cache.js'
import type { EpochState } from './state.js'

/** Members for whom the imported keys are kept: a few kilobytes each at most. */
const CAPACITY = 256

/** What is the same for all messages to or from one member: imported on first use, and kept for the latest few. */
export class MemberKeys {
  readonly #state: EpochState
  readonly #encryptionKeys = new BoundedCache<number, CryptoKey>(CAPACITY)
  readonly #signatureKeys = new BoundedCache<number, CryptoKey>(CAPACITY)
  readonly #infos = new BoundedCache<string, HpkeInfo>(CAPACITY)

  constructor(state: EpochState) {
    this.#state = state
  }

  /** Throws `recipient-not-in-group` for a blank leaf. */
  async encryptionKey(leafIndex: number): Promise<CryptoKey> {
    const { members, keys } = this.#state
    const raw = members.encryptionKey(leafIndex)
    if (!raw) throw blank('recipient-not-in-group', leafIndex)
    return this.#encryptionKeys.get(leafIndex, () =>
      attempt('invalid-input', `the encryptionKey of leaf ${leafIndex} is not on the suite's curve`, () =>
        importEncryptionKey(keys.suite.kem, raw),
      ),
    )
  }

  /** Throws `sender-not-in-group` for a blank leaf (draft section 6, step 4). */
  async signatureKey(leafIndex: number): Promise<CryptoKey> {
    const { members, keys } = this.#state
    const raw = members.signatureKey(leafIndex)
    if (!raw) throw blank('sender-not-in-group', leafIndex)
    return this.#signatureKeys.get(leafIndex, () =>
      attempt('signature', `the signatureKey of leaf ${leafIndex} is not on the suite's curve`, () =>
        importSignatureKey(keys.suite.signature, raw),
      ),
    )
  }

  async info(pair: Pair): Promise<HpkeInfo> {
    const { info, keys } = this.#state
    if (info.per === 'epoch') return info.info
    return this.#infos.get(`${pair.recipientLeafIndex} ${pair.senderLeafIndex}`, () =>
      hpkeInfo(keys.suite, info.pskIdHash, info.fields(pair)),
    )
  }
}

export const blank = (
  code: 'recipient-not-in-group' | 'sender-not-in-group',
  leafIndex: number,
): TargetedMessageError => new TargetedMessageError(code, `leaf ${leafIndex} is blank in this epoch`)
