import type { Bytes } from '../tls/bytes.js'

/** RFC 4648 section 5 without padding, as JWK has it. */
export const base64url = (value: Bytes): string =>
  btoa(String.fromCharCode(...value))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

export const fromBase64url = (text: string): Bytes =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0))
