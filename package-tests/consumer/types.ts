// What the compiler tells an application's developer. Each @ts-expect-error is an error when nothing is wrong.

import {
  type Bytes,
  blocks,
  type Content,
  type Exporter,
  type ExporterInput,
  type FromOptions,
  GroupEpoch,
  type GroupEpochOptions,
  type GroupEpochRecord,
  Inbox,
  type InboxGroup,
  type InboxOptions,
  type InboxStore,
  type InboxWindow,
  type InspectedField,
  inspect,
  type isTargetedMessage,
  type KeptGroup,
  type Listener,
  type Member,
  type Note,
  type NoteOutcome,
  type OpenedMessage,
  type Padding,
  type PrivateKeyInput,
  padme,
  type ReceivedMessage,
  type Revision,
  readHeader,
  type SealEachOptions,
  type SealedMessage,
  type SealOptions,
  type Self,
  type SignatureCallback,
  type StoredEpoch,
  type supportedCipherSuites,
  TargetedMessageError,
  type TargetedMessageErrorCode,
  type TargetedMessageHeader,
} from 'mls-targeted-messages'
import type * as bundle from 'mls-targeted-messages/bundle'
import {
  type Extension,
  type extensionTypes,
  type GroupContextInput,
  type GroupInput,
  groupRequires,
  groupSupports,
  type KeyPackageInput,
  keyPackageSupports,
  type LeafNodeInput,
  leafNodeSupports,
  type Revision as RevisionOfGroup,
  readWireFormats,
  requiredWireFormats,
  revisionOf,
  supportedWireFormats,
  type TsMlsKeyPackage,
  targetedMessageRevision,
} from 'mls-targeted-messages/capabilities'
import {
  type RatchetTreeOptions,
  readRatchetTree,
  type Member as TreeMember,
} from 'mls-targeted-messages/ratchet-tree'
import {
  fromTsMls,
  type TsMlsClientState,
  type TsMlsGroupEpochOptions,
  type TsMlsLeafNode,
  type TsMlsLeafNodeExtension,
  type TsMlsNode,
} from 'mls-targeted-messages/ts-mls'

declare const bytes: Uint8Array
declare const cryptoKey: CryptoKey

/** Compiles where both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Same<A, B>): void => {}

// What GroupEpoch.create takes

const member: Member = { leafIndex: 0, encryptionKey: bytes, signatureKey: bytes }
const privateKeys: PrivateKeyInput[] = [bytes, cryptoKey]
const sign: SignatureCallback = async (signContent) => signContent
const self: Self = { leafIndex: 0, encryptionPrivateKey: cryptoKey, signaturePrivateKey: sign }
const exporter: Exporter = async (_label, _context, length) => new Uint8Array(length)
const inputs: ExporterInput[] = [{ exporter }, { exporterSecret: bytes }]
const options: GroupEpochOptions = {
  revision: '01',
  cipherSuite: 2,
  groupId: bytes,
  epoch: 7n,
  groupContext: undefined,
  ...inputs[0],
  members: new Set([member]),
  self,
  storageKey: cryptoKey,
  maxMessageLength: 1000,
}
same<Revision, '00' | '01' | '02'>(true)

// @ts-expect-error: revisions are named, not numbered
const numbered: GroupEpochOptions = { ...options, revision: 1 }
// @ts-expect-error: an epoch may exceed 2^53
const smallEpoch: GroupEpochOptions = { ...options, epoch: 7 }
// @ts-expect-error: the own leaf is needed
const nobody: GroupEpochOptions = { cipherSuite: 2, groupId: bytes, epoch: 7n, members: [] }
// @ts-expect-error: hex is no bytes
const hexKey: Member = { leafIndex: 0, encryptionKey: '04ab', signatureKey: bytes }
// @ts-expect-error: a signature callback is asynchronous
const syncSign: SignatureCallback = (content) => content
// @ts-expect-error: only signing goes by a callback
const decapsulating: Self = { leafIndex: 0, encryptionPrivateKey: sign, signaturePrivateKey: bytes }

// What it gives

const epoch = await GroupEpoch.create(options)
same<typeof epoch.epoch, bigint>(true)
same<typeof epoch.groupId, Bytes>(true)
same<Bytes, Uint8Array<ArrayBuffer>>(true)
same<[typeof epoch.leafIndex, typeof epoch.cipherSuite], [number, number]>(true)

// @ts-expect-error: an epoch is created, not constructed
const constructed = new GroupEpoch(options)
// @ts-expect-error: an epoch does not change
epoch.epoch = 8n
// @ts-expect-error: a member that makes no sense is no parameter of create
const misspelt = GroupEpoch.create({ ...options, pading: 3 })

const paddings: Padding[] = [0, padme, blocks(256), (contentLength) => 10 - contentLength]
const content: Content = { applicationData: bytes, authenticatedData: bytes, padding: paddings[0] }
const toOne: SealOptions = { ...content, recipientLeafIndex: 1 }
const message = await epoch.seal(toOne)
same<typeof message, Bytes>(true)
const toMany: SealEachOptions = {
  ...content,
  recipientLeafIndices: new Set([1, 2]),
  concurrency: 2,
  onLeftOut: (leafIndex) => [leafIndex],
}
for await (const sealed of epoch.sealEach(toMany)) {
  same<typeof sealed, SealedMessage>(true)
  same<SealedMessage, { readonly recipientLeafIndex: number; readonly message: Bytes }>(true)
}

// @ts-expect-error: nobody to send to
const toNobody = epoch.seal({ applicationData: bytes })
// @ts-expect-error: text is no bytes
const text = epoch.seal({ recipientLeafIndex: 1, applicationData: 'hello' })
// @ts-expect-error: a padding is a number or gives one
const letters: Padding = 'padme'

const opened = await epoch.open(message)
same<typeof opened, OpenedMessage>(true)
same<
  [OpenedMessage['senderLeafIndex'], OpenedMessage['applicationData'], OpenedMessage['authenticatedData']],
  [number, Bytes, Bytes]
>(true)
// @ts-expect-error: what was opened does not change
opened.senderLeafIndex = 2

const record: GroupEpochRecord = epoch.export()
const fromOptions: FromOptions = { storageKey: cryptoKey, signaturePrivateKey: sign }
const again: GroupEpoch = await GroupEpoch.from(structuredClone(record), fromOptions)
// @ts-expect-error: a callback, since a record has the keys
const withKey: FromOptions = { signaturePrivateKey: bytes }

// Inbox

class Store implements InboxStore {
  async window(change: Partial<InboxWindow>): Promise<InboxWindow> {
    return { pastEpochs: 0, maxAge: 1000, ...change }
  }
  async groups(): Promise<KeptGroup[]> {
    return [{ groupId: new Uint8Array(1), leafIndex: 0, epochs: [] }]
  }
  async read(): Promise<StoredEpoch> {
    return { group: undefined, record: undefined, window: await this.window({}) }
  }
  async change(_: Bytes, decide: Parameters<InboxStore['change']>[1]): Promise<void> {
    const { group, record: stored } = decide(undefined, await this.window({}))
    same<[typeof group, typeof stored], [KeptGroup | undefined, GroupEpochRecord | undefined]>(true)
  }
  async note(notes: readonly Note[]): Promise<NoteOutcome[]> {
    return notes.map(() => 'new')
  }
  watch(_: Listener): void {}
  close(): void {}
}
// @ts-expect-error: most of it is missing
const halfAStore: InboxStore = { close() {} }
// @ts-expect-error: there is no such outcome
const outcome: NoteOutcome = 'maybe'

const inboxOptions: InboxOptions = {
  database: 'mine',
  store: new Store(),
  pastEpochs: 2,
  maxAge: 1000,
  storageKey: cryptoKey,
}
const inbox = await Inbox.open(inboxOptions)
same<ReturnType<typeof inbox.enter>, Promise<void>>(true)
await inbox.enter(again)
const received = await inbox.receive(message)
same<typeof received, ReceivedMessage>(true)
same<
  [typeof received.epoch, typeof received.groupId, typeof received.applicationData],
  [bigint, Bytes, Bytes]
>(true)
const current = await inbox.current(received.groupId)
same<typeof current, GroupEpoch | undefined>(true)
for await (const group of inbox) same<typeof group, InboxGroup>(true)
same<InboxGroup, { readonly groupId: Bytes; readonly epoch: bigint }>(true)
await inbox.leave(received.groupId)
await inbox.prune()
inbox.close()

// @ts-expect-error: an inbox is opened, not constructed
const made = new Inbox()
// @ts-expect-error: there may be no current epoch
await current.seal(toOne)
// @ts-expect-error: an inbox keeps epochs, not records
await inbox.enter(record)

// Without keys

same<ReturnType<typeof readHeader>, TargetedMessageHeader>(true)
same<TargetedMessageHeader['epoch'], bigint>(true)
const fields: InspectedField[] = inspect(message)
same<InspectedField['value'], number | bigint | Bytes>(true)
same<ReturnType<typeof isTargetedMessage>, boolean>(true)
same<ReturnType<typeof supportedCipherSuites>, Promise<number[]>>(true)
// @ts-expect-error: there is no such field
const noField = fields.find(({ name }) => name === 'sender')
// @ts-expect-error: the sender is encrypted
const sender = readHeader(message).senderLeafIndex

// Errors

function told(error: unknown): TargetedMessageErrorCode | undefined {
  if (!(error instanceof TargetedMessageError)) return undefined
  same<typeof error.name, 'TargetedMessageError'>(true)
  same<typeof error.cause, unknown>(true)
  // @ts-expect-error: there is no such code
  if (error.code === 'wrong-password') return undefined
  return error.code
}

// The other entries

const treeMembers: TreeMember[] = readRatchetTree(bytes)
same<TreeMember, Member>(true)
declare const state: TsMlsClientState
const node: TsMlsNode | undefined = state.ratchetTree[0]
const fromStack: TsMlsGroupEpochOptions = fromTsMls(state)
same<Parameters<typeof GroupEpoch.create>, [options: GroupEpochOptions]>(true)
const both = await GroupEpoch.create({ ...fromStack, revision: '02', members: treeMembers })
same<typeof bundle.GroupEpoch, typeof GroupEpoch>(true)

// Capabilities

const treeOptions: RatchetTreeOptions = { groupContext: bytes }
const withContext = readRatchetTree(bytes, treeOptions)
const flag: boolean | undefined = withContext[0]?.supportsTargetedMessages
const extensions: Extension[] = [
  supportedWireFormats(),
  requiredWireFormats([6]),
  targetedMessageRevision('02'),
]
const wireFormats: number[] = readWireFormats(bytes)
same<typeof extensionTypes.targetedMessageRevision, 0xf7a6>(true)
const inLeaf: TsMlsLeafNodeExtension = { extensionType: 'application_id', extensionData: bytes }
const leaf: TsMlsLeafNode = {
  hpkePublicKey: bytes,
  signaturePublicKey: bytes,
  extensions: [...extensions, inLeaf],
}
const leaves: LeafNodeInput[] = [bytes, leaf]
const keyPackage: TsMlsKeyPackage = { leafNode: leaf }
const keyPackages: KeyPackageInput[] = [bytes, keyPackage]
const contexts: GroupContextInput[] = [bytes, state.groupContext]
const groups: GroupInput[] = [state, { groupContext: bytes, ratchetTree: bytes }]
const supporting: boolean[] = [
  ...leaves.map(leafNodeSupports),
  ...keyPackages.map(keyPackageSupports),
  ...contexts.map(groupRequires),
  ...groups.map(groupSupports),
]
same<ReturnType<typeof revisionOf>, Revision | undefined>(true)
same<RevisionOfGroup, Revision>(true)
const agreed = await GroupEpoch.create({ ...fromStack, revision: revisionOf(state.groupContext) })
// @ts-expect-error: a KeyPackage is no LeafNode
const notALeaf = leafNodeSupports({ leafNode: leaf })

// @ts-expect-error: a group context is not all of a state
const notAState = fromTsMls({ groupContext: state.groupContext })
// @ts-expect-error: what is inside the package is not for others
const inside = await import('mls-targeted-messages/dist/targeted/seal.js')

export {
  agreed,
  both,
  constructed,
  decapsulating,
  flag,
  halfAStore,
  hexKey,
  inside,
  letters,
  made,
  misspelt,
  nobody,
  node,
  noField,
  notALeaf,
  notAState,
  numbered,
  outcome,
  privateKeys,
  sender,
  smallEpoch,
  supporting,
  syncSign,
  text,
  told,
  toNobody,
  wireFormats,
  withKey,
}
