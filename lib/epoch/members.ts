import { checkLeafIndex } from '../check-argument.js'
import { uncompressPoint } from '../crypto/ec-point.js'
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
  /** 1 for each member that is said to support targeted messages, 0 for the others. */
  readonly supporting: Bytes
}

/**
 * Throws `invalid-input` for a leaf that is listed twice, and for keys that do not fit the suite. Signature keys may be
 * compressed points, which some MLS stacks put into their leaves; encryption keys have one form (RFC 9180 section 7.1.1).
 */
export function packMembers({ kem, signature }: CipherSuite, members: Iterable<Member>): PackedMembers {
  const sorted = [...members].sort((a, b) => a.leafIndex - b.leafIndex)
  const leafIndices = Uint32Array.from(sorted, ({ leafIndex }, i) => {
    if (leafIndex === sorted[i - 1]?.leafIndex) throw invalidInput(`members lists leaf ${leafIndex} twice`)
    return checkLeafIndex(leafIndex, 'leafIndex in members')
  })
  return {
    leafIndices,
    encryptionKeys: packKeys(kem, sorted, 'encryptionKey', (key) => key),
    signatureKeys: packKeys(signature, sorted, 'signatureKey', uncompressPoint),
    supporting: Uint8Array.from(sorted, (member) => Number(member.supportsTargetedMessages === true)),
  }
}

function packKeys(
  { publicKeyLength, isPoint, name: kind }: KeyKind,
  members: Member[],
  field: 'encryptionKey' | 'signatureKey',
  uncompress: typeof uncompressPoint,
): Bytes {
  const packed = new Uint8Array(members.length * publicKeyLength)
  members.forEach((member, i) => {
    const name = `${field} of leaf ${member.leafIndex}`
    const given = checkBytes(member[field], name)
    const whole = isPoint ? uncompress(given) : given
    const key = whole && checkBytes(whole, name, publicKeyLength)
    if (!key || (isPoint && key[0] !== 4)) {
      throw invalidInput(`${name} must be an uncompressed point on ${kind}`)
    }
    packed.set(key, i * publicKeyLength)
  })
  return packed
}

/** A copy of packed members. Throws `invalid-input` unless they are as {@link packMembers} makes them. */
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
    supporting: copyBytes(members.supporting, 'supporting', count),
  }
}

/** The part of `packed` for this leaf; undefined if it is blank. */
export function partOf({ leafIndices }: PackedMembers, packed: Bytes, leafIndex: number): Bytes | undefined {
  let low = 0
  let high = leafIndices.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((leafIndices[middle] ?? 0) < leafIndex) low = middle + 1
    else high = middle
  }
  const length = packed.length / leafIndices.length
  return leafIndices[low] === leafIndex ? packed.subarray(low * length, (low + 1) * length) : undefined
}
