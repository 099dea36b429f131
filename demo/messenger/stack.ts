/** ts-mls as the messenger uses it: one member's view of one group, and nothing that is not RFC 9420. */

import type { Revision } from 'mls-targeted-messages'
import {
  type Extension,
  leafNodeSupports,
  revisionOf,
  targetedMessageRevision,
} from 'mls-targeted-messages/capabilities'
import { fromTsMls, type TsMlsGroupEpochOptions } from 'mls-targeted-messages/ts-mls'
import {
  type CiphersuiteImpl,
  type ClientState,
  createApplicationMessage,
  createCommit,
  createGroup,
  createProposal,
  decodeMlsMessage,
  defaultAuthenticationService,
  defaultKeyPackageEqualityConfig,
  defaultKeyRetentionConfig,
  defaultLifetimeConfig,
  defaultPaddingConfig,
  emptyPskIndex,
  encodeMlsMessage,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  joinGroup,
  type KeyPackage,
  type MLSMessage,
  type PrivateKeyPackage,
  type PrivateMessage,
  processPrivateMessage,
  type Welcome,
} from 'ts-mls'
import { makeKeyPackageRef } from 'ts-mls/keyPackage.js'
import { decryptSenderData } from 'ts-mls/privateMessage.js'
import { withWholeKeys } from '../../tests/support/groups/whole-keys.js'
import { persistently } from '../../tests/support/persistently.js'
import { isPostQuantum, type SuiteId, suites } from '../scenario/suites.js'
import { equalBytes } from './bytes.js'
import type { LibrarySuite } from './post-quantum.js'

export type { ClientState, KeyPackage, PrivateMessage, Welcome } from 'ts-mls'
export type Stack = CiphersuiteImpl & LibrarySuite

interface KeyPair {
  readonly publicPackage: KeyPackage
  readonly privatePackage: PrivateKeyPackage
}

/** A commit that waits for its place in the order. */
export interface MadeCommit {
  readonly state: ClientState
  readonly commit: Uint8Array
  readonly welcome: Uint8Array | undefined
}

export interface Roster {
  readonly name: string
  readonly leafIndex: number
  /** Whether the member's client takes targeted messages. */
  readonly understands: boolean
}

export const clientConfig = {
  keyRetentionConfig: defaultKeyRetentionConfig,
  lifetimeConfig: defaultLifetimeConfig,
  keyPackageEqualityConfig: defaultKeyPackageEqualityConfig,
  paddingConfig: defaultPaddingConfig,
  authService: defaultAuthenticationService,
}

export async function openStack(suite: SuiteId): Promise<Stack> {
  const impl = await getCiphersuiteImpl(getCiphersuiteFromName(suites[suite].name))
  if (isPostQuantum(suite)) {
    const { postQuantumSuite } = await import('./post-quantum.js')
    return { ...impl, ...(await postQuantumSuite(suite)) }
  }
  return withWholeKeys(suite, { ...impl, parts: {}, cipherSuites: [] })
}

/** A member's view of the group, as options of the library. */
export const viewOf = (state: ClientState, { parts }: Pick<Stack, 'parts'>): TsMlsGroupEpochOptions =>
  fromTsMls(state, parts)

/** The group carries the revision, for everybody who joins. */
export const found = (
  { publicPackage, privatePackage }: KeyPair,
  stack: Stack,
  revision: Revision,
): Promise<ClientState> =>
  createGroup(
    crypto.getRandomValues(new Uint8Array(16)),
    publicPackage,
    privatePackage,
    [forTsMls(targetedMessageRevision(revision))],
    stack,
  )

/** A group that names no revision uses the oldest. */
export const revisionIn = ({ groupContext }: Pick<ClientState, 'groupContext'>): Revision =>
  revisionOf(groupContext) ?? '00'

export const forTsMls = ({ extensionType, extensionData }: Extension) => ({
  extensionType: Number(extensionType),
  extensionData: Uint8Array.from(extensionData),
})

/** Undefined if the Welcome is for others. */
export async function join(
  welcome: Welcome,
  { publicPackage, privatePackage }: KeyPair,
  stack: Stack,
): Promise<ClientState | undefined> {
  const reference = await makeKeyPackageRef(publicPackage, stack.hash)
  if (!welcome.secrets.some(({ newMember }) => equalBytes(newMember, reference))) return undefined
  return joinGroup(welcome, publicPackage, privatePackage, emptyPskIndex, stack)
}

export async function say(
  state: ClientState,
  content: Uint8Array,
  stack: Stack,
): Promise<[ClientState, Uint8Array]> {
  const { newState, privateMessage } = await createApplicationMessage(state, content, stack)
  return [newState, encodeMessage({ wireformat: 'mls_private_message', privateMessage })]
}

/** A member cannot commit its own removal (RFC 9420 section 12.4): it proposes it, and another commits. */
export async function proposeToLeave(state: ClientState, stack: Stack): Promise<[ClientState, Uint8Array]> {
  const remove = { removed: state.privatePath.leafIndex }
  const { newState, message } = await createProposal(state, false, { proposalType: 'remove', remove }, stack)
  return [newState, encodeMlsMessage(message)]
}

export interface ToCommit {
  readonly newcomers: readonly KeyPackage[]
  /** Leaves that go, though they have not asked for it. */
  readonly removed?: readonly number[]
}

/**
 * Commits what others have proposed, and adds `newcomers`; with neither, the committer's own keys are renewed. A member
 * that has proposed its own removal cannot commit that.
 */
export async function commit(
  whole: ClientState,
  { newcomers, removed = [] }: ToCommit,
  stack: Stack,
): Promise<MadeCommit> {
  const own = whole.privatePath.leafIndex
  const proposals = Object.entries(whole.unappliedProposals).filter(
    ([, { proposal }]) => proposal.proposalType !== 'remove' || proposal.remove.removed !== own,
  )
  const state = { ...whole, unappliedProposals: Object.fromEntries(proposals) }
  const extraProposals = [
    ...removed.map((leafIndex) => ({ proposalType: 'remove', remove: { removed: leafIndex } }) as const),
    ...newcomers.map((keyPackage) => ({ proposalType: 'add', add: { keyPackage } }) as const),
  ]
  const made = await persistently(() =>
    createCommit({ state, cipherSuite: stack }, { extraProposals, ratchetTreeExtension: true }),
  )
  const welcome = made.welcome && encodeMessage({ wireformat: 'mls_welcome', welcome: made.welcome })
  return { state: made.newState, commit: encodeMlsMessage(made.commit), welcome }
}

/** The effect of a PrivateMessage: it carries content, or it changes the group. */
export type Processed =
  | {
      readonly kind: 'said'
      readonly state: ClientState
      readonly content: Uint8Array
      readonly from: Roster
    }
  | { readonly kind: 'changed'; readonly state: ClientState; readonly from: Roster }

export async function process(state: ClientState, message: PrivateMessage, stack: Stack): Promise<Processed> {
  const from = await senderOf(state, message, stack)
  const result = await processPrivateMessage(state, message, emptyPskIndex, stack)
  return result.kind === 'applicationMessage'
    ? { kind: 'said', state: result.newState, content: result.message, from }
    : { kind: 'changed', state: result.newState, from }
}

/** ts-mls verifies the sender, but does not return who it is. */
async function senderOf(state: ClientState, message: PrivateMessage, stack: Stack): Promise<Roster> {
  const past = state.historicalReceiverData.get(message.epoch)
  const { senderDataSecret } = past ?? state.keySchedule
  const data = await decryptSenderData(message, senderDataSecret, stack)
  const found = rosterOf(past ?? state).find(({ leafIndex }) => leafIndex === data?.leafIndex)
  if (!found) throw new Error('the sender of a message is not in the group')
  return found
}

export function rosterOf({ ratchetTree }: Pick<ClientState, 'ratchetTree'>): Roster[] {
  return ratchetTree.flatMap((node, nodeIndex) => {
    if (node?.nodeType !== 'leaf' || node.leaf.credential.credentialType !== 'basic') return []
    const name = new TextDecoder().decode(node.leaf.credential.identity)
    return [{ name, leafIndex: nodeIndex / 2, understands: leafNodeSupports(node.leaf) }]
  })
}

/** Leaves that somebody has proposed to remove, and nobody has committed yet. */
export const leavingLeaves = ({ unappliedProposals }: ClientState): number[] =>
  Object.values(unappliedProposals).flatMap(({ proposal }) =>
    proposal.proposalType === 'remove' ? [proposal.remove.removed] : [],
  )

/** Undefined for bytes that are not an MLSMessage. */
export function decodeMessage(bytes: Uint8Array): MLSMessage | undefined {
  try {
    return decodeMlsMessage(bytes, 0)?.[0]
  } catch {
    return undefined
  }
}

type Content =
  | { readonly wireformat: 'mls_private_message'; readonly privateMessage: PrivateMessage }
  | { readonly wireformat: 'mls_welcome'; readonly welcome: Welcome }
  | { readonly wireformat: 'mls_key_package'; readonly keyPackage: KeyPackage }

export const encodeMessage = (content: Content): Uint8Array =>
  encodeMlsMessage({ version: 'mls10', ...content })
