import { checkLeafIndex } from '../check.js'
import type { KeyKind } from '../crypto/key-kind.js'
import type { CipherSuite } from '../crypto/suites.js'
import { invalidInput } from '../errors.js'
import type { Member } from '../mls/ratchet-tree.js'
import { type Bytes, checkBytes, copyBytes } from '../tls/bytes.js'

/** The non-blank leaves of an epoch, packed: a group may have tens of thousands. */
export interface PackedMembers {
  /** Ascending. */
  readonly leafIndices: Uint32Array<ArrayBuffer>
  /** Raw, one after another in the order of the leaves. */
  readonly encryptionKeys: Bytes
  /** The same. */
  readonly signatureKeys: Bytes
}

/** Throws `invalid-input` for a leaf named twice, and for keys of another form than the suite's. */
export function packMembers({ kem, signature }: CipherSuite, members: Iterable<Member>): PackedMembers {
  const sorted = [...members].sort((a, b) => a.leafIndex - b.leafIndex)
  const leafIndices = Uint32Array.from(sorted, ({ leafIndex }, i) => {
    if (leafIndex === sorted[i - 1]?.leafIndex) throw invalidInput(`members has leaf ${leafIndex} twice`)
    return checkLeafIndex(leafIndex, 'leafIndex in members')
  })
  return {
    leafIndices,
    encryptionKeys: packKeys(kem, sorted, 'encryptionKey'),
    signatureKeys: packKeys(signature, sorted, 'signatureKey'),
  }
}

function packKeys(
  { publicKeyLength, isPoint }: KeyKind,
  members: Member[],
  field: 'encryptionKey' | 'signatureKey',
): Bytes {
  const packed = new Uint8Array(members.length * publicKeyLength)
  members.forEach((member, i) => {
    const name = `${field} of leaf ${member.leafIndex}`
    const key = checkBytes(member[field], name, publicKeyLength)
    if (isPoint && key[0] !== 4) throw invalidInput(`${name} must be an uncompressed point`)
    packed.set(key, i * publicKeyLength)
  })
  return packed
}

/** A copy of what was packed before. Throws `invalid-input` for what is not as {@link packMembers} makes it. */
export function checkPacked({ kem, signature }: CipherSuite, members: PackedMembers): PackedMembers {
  if (Object.prototype.toString.call(members.leafIndices) !== '[object Uint32Array]') {
    throw invalidInput('the leaves of members must be a Uint32Array')
  }
  const leafIndices = new Uint32Array(members.leafIndices)
  const count = leafIndices.length
  if (!leafIndices.every((leafIndex, i) => i === 0 || leafIndex > (leafIndices[i - 1] ?? 0))) {
    throw invalidInput('the leaves of members must ascend')
  }
  return {
    leafIndices,
    encryptionKeys: copyBytes(members.encryptionKeys, 'encryptionKeys', count * kem.publicKeyLength),
    signatureKeys: copyBytes(members.signatureKeys, 'signatureKeys', count * signature.publicKeyLength),
  }
}

/** The raw key of a leaf; nothing for a blank one. */
export function keyOf({ leafIndices }: PackedMembers, keys: Bytes, leafIndex: number): Bytes | undefined {
  let low = 0
  let high = leafIndices.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((leafIndices[middle] ?? 0) < leafIndex) low = middle + 1
    else high = middle
  }
  const length = keys.length / leafIndices.length
  return leafIndices[low] === leafIndex ? keys.subarray(low * length, (low + 1) * length) : undefined
}
