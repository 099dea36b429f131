import { ecJwk } from './keys.js'
import type { Curve, Suite } from './suites.js'
import { type Bytes, concat, opaque, text } from './wire.js'

/** SignContent: RFC 9420 5.1.2. */
export function signContent(label: string, content: Uint8Array): Bytes {
  return concat(opaque(text(`MLS 1.0 ${label}`)), opaque(content))
}

/** PKCS#8 of an Ed25519 seed (RFC 8410 7), up to the seed. */
const ed25519Pkcs8 = Uint8Array.of(48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32)

export async function signWithLabel(
  suite: Suite,
  keys: { privateKey: Uint8Array; publicKey: Uint8Array },
  label: string,
  content: Uint8Array,
): Promise<Bytes> {
  const { subtle } = globalThis.crypto
  const input = signContent(label, content)
  if (suite.curve === undefined) {
    const pkcs8 = concat(ed25519Pkcs8, keys.privateKey)
    const key = await subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign'])
    return new Uint8Array(await subtle.sign('Ed25519', key, input))
  }
  const jwk = ecJwk(suite.curve, keys.publicKey, keys.privateKey)
  const algorithm = { name: 'ECDSA', namedCurve: suite.curve.name, hash: suite.hash }
  const key = await subtle.importKey('jwk', jwk, algorithm, false, ['sign'])
  return encodeDer(new Uint8Array(await subtle.sign(algorithm, key, input)))
}

export async function verifyWithLabel(
  suite: Suite,
  publicKey: Uint8Array,
  label: string,
  content: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  return verify(suite, publicKey, signContent(label, content), signature)
}

/** Without the MLS label, for Wycheproof. */
export async function verify(
  suite: Suite,
  publicKey: Uint8Array,
  input: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const { subtle } = globalThis.crypto
  if (suite.curve === undefined) {
    if (signature.length !== 64) return false
    const key = await subtle.importKey('raw', concat(publicKey), 'Ed25519', false, ['verify'])
    return subtle.verify('Ed25519', key, concat(signature), concat(input))
  }
  const raw = decodeDer(suite.curve, signature)
  if (raw === undefined) return false
  const algorithm = { name: 'ECDSA', namedCurve: suite.curve.name, hash: suite.hash }
  const key = await subtle.importKey('raw', concat(publicKey), algorithm, false, ['verify'])
  return subtle.verify(algorithm, key, raw, concat(input))
}

/** r||s to ECDSA-Sig-Value in DER: RFC 8446 4.2.3. */
function encodeDer(raw: Uint8Array): Bytes {
  const half = raw.length / 2
  const body = concat(derInteger(raw.subarray(0, half)), derInteger(raw.subarray(half)))
  const length = body.length < 0x80 ? [body.length] : [0x81, body.length]
  return concat(Uint8Array.of(0x30, ...length), body)
}

function derInteger(value: Uint8Array): Bytes {
  let first = 0
  while (first < value.length - 1 && value[first] === 0) first++
  const sign = (value[first] ?? 0) >= 0x80 ? [0] : []
  return concat(Uint8Array.of(2, value.length - first + sign.length, ...sign), value.subarray(first))
}

/**
 * DER to r||s. DER is canonical: whatever parses leniently must also be what we would have written, octet for octet.
 */
function decodeDer(curve: Curve, der: Uint8Array): Bytes | undefined {
  let at = der[1] === 0x81 ? 3 : 2
  const raw = new Uint8Array(2 * curve.size)
  for (const end of [curve.size, 2 * curve.size]) {
    const length = der[at + 1] ?? 0
    let value = der.subarray(at + 2, at + 2 + length)
    if (value.length === curve.size + 1) value = value.subarray(1)
    if (value.length > curve.size) return undefined
    raw.set(value, end - value.length)
    at += 2 + length
  }
  const canonical = encodeDer(raw)
  return canonical.length === der.length && canonical.every((octet, i) => octet === der[i]) ? raw : undefined
}
