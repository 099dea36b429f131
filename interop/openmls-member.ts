import type { CipherSuiteDescription, OpenedMessage } from 'mls-targeted-messages'
import { readRatchetTree } from 'mls-targeted-messages/ratchet-tree'
import { hex, unhex } from '../tests/support/hex.js'
import type { Commit, Content, Member, Voice } from './member.js'
import { ourVoices } from './our-voices.js'
import { PeerProcess } from './peer-process.js'
import type { InteropSuite } from './suites.js'

/** What a member of OpenMLS shows: the `Stack` of docs/bring-your-own-stack.md. */
export interface CapturedStack {
  readonly cipherSuite: number | CipherSuiteDescription
  readonly groupId: Uint8Array
  readonly epoch: bigint
  readonly groupContext: Uint8Array
  readonly ratchetTree: Uint8Array
  readonly members: readonly CapturedMember[]
  readonly ownLeafIndex: number
  readonly encryptionPrivateKey: Uint8Array
  exportSecret(label: string, context: Uint8Array, length: number): Promise<Uint8Array>
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

interface CapturedMember {
  readonly leafIndex: number
  readonly encryptionKey: Uint8Array
  readonly signatureKey: Uint8Array
}

/** A member whose stack is OpenMLS. It whispers by itself, and this library speaks for it too. */
export class OpenMlsMember implements Member {
  readonly stack = 'OpenMLS'
  #leafIndex = 0

  private constructor(
    readonly name: string,
    private readonly suite: InteropSuite,
    private readonly peer: PeerProcess,
    readonly keyPackage: Uint8Array,
  ) {}

  /** `padding` zero bytes are appended to what OpenMLS seals. */
  static async create(name: string, suite: InteropSuite, padding: number): Promise<OpenMlsMember> {
    const peer = new PeerProcess()
    const keyPackage = await peer.begin({ name, cipherSuite: suite.id, padding })
    return new OpenMlsMember(name, suite, peer, unhex(keyPackage))
  }

  get leafIndex(): number {
    return this.#leafIndex
  }

  async found(groupId: Uint8Array): Promise<void> {
    const { leafIndex } = await this.peer.ask('found', { groupId: hex(groupId) })
    this.#leafIndex = leafIndex
  }

  async join(welcome: Uint8Array): Promise<void> {
    const { leafIndex } = await this.peer.ask('join', { welcome: hex(welcome) })
    this.#leafIndex = leafIndex
  }

  async commit(add: readonly Uint8Array[], remove: readonly number[]): Promise<Commit> {
    const { commit, welcome } = await this.peer.ask('commit', { add: add.map(hex), remove })
    return { commit: unhex(commit), welcome: welcome === null ? undefined : unhex(welcome) }
  }

  async process(commit: Uint8Array): Promise<void> {
    await this.peer.ask('process', { message: hex(commit) })
  }

  /** With OpenMLS's own targeted messages. */
  itself(): Voice {
    return {
      kind: 'OpenMLS itself',
      revision: '01',
      leafIndex: this.#leafIndex,
      seal: (content) => this.#seal(content),
      open: (message) => this.#open(message),
    }
  }

  async voices(): Promise<Voice[]> {
    const stack = await this.capture()
    const ours = await ourVoices('ours for OpenMLS', this.#leafIndex, (revision) => ({
      revision,
      ...capturedOptions(stack),
    }))
    return [this.itself(), ...ours]
  }

  async capture(): Promise<CapturedStack> {
    const captured = await this.peer.ask('capture', {})
    return {
      cipherSuite: this.suite.description ?? captured.cipherSuite,
      groupId: unhex(captured.groupId),
      epoch: BigInt(captured.epoch),
      groupContext: unhex(captured.groupContext),
      ratchetTree: unhex(captured.ratchetTree),
      members: captured.members.map(({ leafIndex, encryptionKey, signatureKey }) => ({
        leafIndex,
        encryptionKey: unhex(encryptionKey),
        signatureKey: unhex(signatureKey),
      })),
      ownLeafIndex: captured.ownLeafIndex,
      encryptionPrivateKey: unhex(captured.encryptionPrivateKey),
      exportSecret: async (label, context, length) => {
        const { secret } = await this.peer.ask('export', { label, context: hex(context), length })
        return unhex(secret)
      },
      sign: async (bytes) => {
        const { signature } = await this.peer.ask('sign', { content: hex(bytes) })
        return unhex(signature)
      },
    }
  }

  async #seal({ recipientLeafIndex, applicationData, authenticatedData }: Content) {
    const { message } = await this.peer.ask('seal', {
      recipientLeafIndex,
      applicationData: hex(applicationData),
      authenticatedData: hex(authenticatedData),
    })
    return unhex(message)
  }

  async #open(message: Uint8Array): Promise<OpenedMessage> {
    const opened = await this.peer.ask('open', { message: hex(message) })
    return {
      senderLeafIndex: opened.senderLeafIndex,
      applicationData: unhex(opened.applicationData),
      authenticatedData: unhex(opened.authenticatedData),
    }
  }

  end(): void {
    this.peer.end()
  }
}

/** As the guide captures it. */
export const capturedOptions = (stack: CapturedStack) => ({
  cipherSuite: stack.cipherSuite,
  groupId: stack.groupId,
  epoch: stack.epoch,
  groupContext: stack.groupContext,
  exporter: stack.exportSecret,
  members: readRatchetTree(stack.ratchetTree),
  self: {
    leafIndex: stack.ownLeafIndex,
    encryptionPrivateKey: stack.encryptionPrivateKey,
    signaturePrivateKey: stack.sign,
  },
})
