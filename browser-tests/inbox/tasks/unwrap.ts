/** Which forms of keys an engine unwraps. The same in Node and in pages. */

import { unhex } from '../../../tests/support/hex.js'
import type { Library } from '../../tasks/library.js'
import { codeOf } from '../../tasks/library.js'
import { type MemberJson, memberFromJson } from '../../tasks/member.js'

interface Form {
  readonly format: 'raw' | 'jwk'
  readonly algorithm: { readonly name: string; readonly hash?: string; readonly namedCurve?: string }
  readonly usages: KeyUsage[]
}

const curves = ['P-256', 'P-384', 'P-521']
const hashes = ['SHA-256', 'SHA-384', 'SHA-512']

/** All that records hold, by name. */
const forms: Readonly<Record<string, Form>> = {
  'HKDF, raw': { format: 'raw', algorithm: { name: 'HKDF' }, usages: ['deriveKey', 'deriveBits'] },
  ...Object.fromEntries(
    hashes.map((hash): [string, Form] => [
      `HMAC ${hash}, raw`,
      { format: 'raw', algorithm: { name: 'HMAC', hash }, usages: ['sign'] },
    ]),
  ),
  'X25519, JWK': { format: 'jwk', algorithm: { name: 'X25519' }, usages: ['deriveBits'] },
  'Ed25519, JWK': { format: 'jwk', algorithm: { name: 'Ed25519' }, usages: ['sign'] },
  ...Object.fromEntries(
    curves.flatMap((namedCurve): [string, Form][] => [
      [
        `ECDH ${namedCurve}, JWK`,
        { format: 'jwk', algorithm: { name: 'ECDH', namedCurve }, usages: ['deriveBits'] },
      ],
      [
        `ECDSA ${namedCurve}, JWK`,
        { format: 'jwk', algorithm: { name: 'ECDSA', namedCurve }, usages: ['sign'] },
      ],
    ]),
  ),
}

const newWrappingKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'unwrapKey'])

/** For each form: 'yes', or the name of the error with which it is refused. */
export async function unwrapForms(): Promise<Record<string, string>> {
  const wrappingKey = await newWrappingKey()
  const outcomes: Record<string, string> = {}
  for (const [name, form] of Object.entries(forms)) outcomes[name] = await unwrap(wrappingKey, form)
  return outcomes
}

async function unwrap(wrappingKey: CryptoKey, { format, algorithm, usages }: Form): Promise<string> {
  const gcm = { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: new Uint8Array(3) }
  const plaintext = format === 'raw' ? unhex('0b'.repeat(48)) : await newPrivateJwk(algorithm, usages)
  const ciphertext = await crypto.subtle.encrypt(gcm, wrappingKey, plaintext)
  try {
    const key = await crypto.subtle.unwrapKey(format, ciphertext, wrappingKey, gcm, algorithm, false, usages)
    return key.extractable ? 'extractable' : 'yes'
  } catch (error) {
    return error instanceof Error || error instanceof DOMException ? error.name : String(error)
  }
}

/** With the fields that the library writes, as the JSON of a JWK. */
async function newPrivateJwk(
  algorithm: Form['algorithm'],
  usages: KeyUsage[],
): Promise<Uint8Array<ArrayBuffer>> {
  const all: KeyUsage[] = usages.includes('sign') ? ['sign', 'verify'] : usages
  const pair = await crypto.subtle.generateKey({ ...algorithm }, true, all)
  if (!('privateKey' in pair)) throw new Error('one key is no pair')
  const { kty, crv, d, x, y } = await crypto.subtle.exportKey('jwk', pair.privateKey)
  return new TextEncoder().encode(JSON.stringify({ kty, crv, d, x, y }))
}

export type Unwrapping = { readonly member: MemberJson; readonly message: string }

/** What comes of loading an epoch whose storageKey may encrypt and unwrap, and not decrypt; and what of opening with it. */
export async function loadByUnwrapping(library: Library, { member, message }: Unwrapping): Promise<string> {
  const storageKey = await newWrappingKey()
  let opened = ''
  const refused = await codeOf(library, async () => {
    const created = await library.GroupEpoch.create({ ...memberFromJson(member), storageKey })
    const loaded = await library.GroupEpoch.from(structuredClone(created.export()), { storageKey })
    const { applicationData } = await loaded.open(unhex(message))
    // It signs as well.
    await loaded.seal({ recipientLeafIndex: 0, applicationData })
    opened = new TextDecoder().decode(applicationData)
  })
  return opened || refused
}
