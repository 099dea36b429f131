/** How somebody asks to join, and how others judge it. */

import { extensionTypes, supportedWireFormats } from 'mls-targeted-messages/capabilities'
import {
  defaultCapabilities,
  defaultLifetime,
  generateKeyPackageWithKey,
  type KeyPackage,
  type PrivateKeyPackage,
} from 'ts-mls'
import { verifyKeyPackage } from 'ts-mls/keyPackage.js'
import { persistently } from '../../tests/support/persistently.js'
import { equalBytes } from './bytes.js'
import { type ClientState, decodeMessage, encodeMessage, forTsMls, rosterOf, type Stack } from './stack.js'

/** A KeyPackage with its private keys. */
export interface OwnKeyPackage {
  readonly publicPackage: KeyPackage
  readonly privatePackage: PrivateKeyPackage
}

export interface Applicant {
  readonly name: string
  /** Whether the client takes targeted messages: then the leaf says so. */
  readonly understands?: boolean
  /** The KeyPackage of the earlier request. The next is signed with the same key, so that others see who asks. */
  readonly before?: OwnKeyPackage
}

/** Clocks differ. In seconds. */
const slack = 3_600n

export function newKeyPackage(
  { name, understands = true, before }: Applicant,
  stack: Stack,
): Promise<OwnKeyPackage> {
  const credential = { credentialType: 'basic', identity: new TextEncoder().encode(name) } as const
  const capabilities = defaultCapabilities()
  const extensions = [...capabilities.extensions, ...Object.values(extensionTypes)]
  const leafExtensions = understands ? [forTsMls(supportedWireFormats())] : []
  const lifetime = { ...defaultLifetime, notBefore: BigInt(Math.floor(Date.now() / 1_000)) - slack }
  return persistently(async () => {
    const signatureKeys = before
      ? {
          signKey: before.privatePackage.signaturePrivateKey,
          publicKey: before.publicPackage.leafNode.signaturePublicKey,
        }
      : await stack.signature.keygen()
    return generateKeyPackageWithKey(
      credential,
      { ...capabilities, extensions },
      lifetime,
      [],
      signatureKeys,
      stack,
      leafExtensions,
    )
  })
}

/** Of this group's suite, and signed. */
export const isGood = async (keyPackage: KeyPackage, stack: Stack): Promise<boolean> =>
  keyPackage.cipherSuite === stack.name && (await verifyKeyPackage(keyPackage, stack.signature))

/** A name that can be shown. */
export const isName = (name: string): boolean => /^[\p{L}\p{N} ’'-]{1,24}$/u.test(name)

export const keyPackageMessage = (keyPackage: KeyPackage): Uint8Array =>
  encodeMessage({ wireformat: 'mls_key_package', keyPackage })

/** Undefined for other bytes. */
export function keyPackageOf(bytes: Uint8Array): KeyPackage | undefined {
  const message = decodeMessage(bytes)
  return message?.wireformat === 'mls_key_package' ? message.keyPackage : undefined
}

export const nameOfKeyPackage = ({ leafNode: { credential } }: KeyPackage): string =>
  credential.credentialType === 'basic' ? new TextDecoder().decode(credential.identity) : ''

/** The name of whoever asks to join with these bytes. */
export function nameOf(bytes: Uint8Array): string {
  const keyPackage = keyPackageOf(bytes)
  return keyPackage ? nameOfKeyPackage(keyPackage) : ''
}

type Signer = Pick<KeyPackage['leafNode'], 'signaturePublicKey'>

export const isOfSameMember = (one: Signer, other: Signer): boolean =>
  equalBytes(one.signaturePublicKey, other.signaturePublicKey)

/** Where the group has somebody who asks to join. */
export type Seat =
  | { readonly kind: 'free' }
  /** Somebody has that name, and nobody else may take it. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'again'; readonly leafIndex: number }

/**
 * Who was added, and has committed nothing since, may have got no Welcome, and asks `again`: signed with the same key,
 * and later.
 */
export function seatOf(state: Pick<ClientState, 'ratchetTree'>, keyPackage: KeyPackage): Seat {
  const { leafNode } = keyPackage
  const name = nameOfKeyPackage(keyPackage)
  const there = rosterOf(state).find((member) => member.name === name)
  if (!there) return { kind: 'free' }
  const node = state.ratchetTree[there.leafIndex * 2]
  const isAgain =
    node?.nodeType === 'leaf' &&
    node.leaf.leafNodeSource === 'key_package' &&
    isOfSameMember(node.leaf, leafNode) &&
    leafNode.lifetime.notBefore > node.leaf.lifetime.notBefore
  return isAgain ? { kind: 'again', leafIndex: there.leafIndex } : { kind: 'taken' }
}
