/** What a thief looks for, and where it is found. */

import type { MemberRecord } from '../messenger/record.js'
import type { Part } from './read.js'

export interface Secret {
  readonly what: string
  readonly bytes: Uint8Array
}

/** Of a member that is awake: what must not be in the clear. */
export function secretsOf({ state, keyPackage, conversation }: MemberRecord): Secret[] {
  const texts = conversation.flatMap((entry) =>
    entry.kind === 'said' || entry.kind === 'whispered' || entry.kind === 'heard' ? [entry.text] : [],
  )
  const { initPrivateKey, hpkePrivateKey, signaturePrivateKey } = keyPackage.privatePackage
  const own = state?.privatePath.privateKeys[2 * state.privatePath.leafIndex]
  return [
    ...(state ? [{ what: 'exporter secret of the epoch', bytes: state.keySchedule.exporterSecret }] : []),
    ...(own ? [{ what: 'private encryption key of the leaf', bytes: own }] : []),
    { what: 'private signature key', bytes: signaturePrivateKey },
    { what: 'private keys of the KeyPackage', bytes: hpkePrivateKey },
    { what: 'private keys of the KeyPackage', bytes: initPrivateKey },
    ...[...new Set(texts)].map((text) => ({
      what: 'text of a message',
      bytes: new TextEncoder().encode(text),
    })),
  ]
}

/** Where in these bytes a secret begins, and its length. */
export interface Place {
  readonly secret: Secret
  readonly at: number
}

export function placesIn({ value }: Part, secrets: readonly Secret[]): Place[] {
  if (value instanceof CryptoKey) return []
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value
  return secrets.flatMap((secret) => {
    const at = indexOf(bytes, secret.bytes)
    return at < 0 ? [] : [{ secret, at }]
  })
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  const [first] = wanted
  if (first === undefined) return -1
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + wanted.length > bytes.length) return -1
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at
  }
  return -1
}
