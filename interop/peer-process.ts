import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

/** Who a peer is: its first line. */
export interface Newcomer {
  readonly name: string
  readonly cipherSuite: number
  /** Zero bytes that OpenMLS appends to what this member seals. */
  readonly padding: number
}

/** What the peer is asked, as `peer/src/protocol.rs` has it. Bytes in hex. */
interface Requests {
  readonly found: { readonly groupId: string }
  readonly join: { readonly welcome: string }
  readonly commit: { readonly add: readonly string[]; readonly remove: readonly number[] }
  readonly process: { readonly message: string }
  readonly seal: {
    readonly recipientLeafIndex: number
    readonly applicationData: string
    readonly authenticatedData: string
  }
  readonly open: { readonly message: string }
  readonly capture: Record<never, never>
  readonly export: { readonly label: string; readonly context: string; readonly length: number }
  readonly sign: { readonly content: string }
}

interface Position {
  readonly epoch: number
  readonly leafIndex: number
}

/** What the peer answers. */
interface Answers {
  readonly found: Position
  readonly join: Position
  readonly commit: { readonly commit: string; readonly welcome: string | null }
  readonly process: Position
  readonly seal: { readonly message: string }
  readonly open: {
    readonly senderLeafIndex: number
    readonly applicationData: string
    readonly authenticatedData: string
  }
  readonly capture: Captured
  readonly export: { readonly secret: string }
  readonly sign: { readonly signature: string }
}

export interface Captured {
  readonly cipherSuite: number
  readonly groupId: string
  readonly epoch: number
  readonly groupContext: string
  readonly ratchetTree: string
  readonly members: readonly { leafIndex: number; encryptionKey: string; signatureKey: string }[]
  readonly ownLeafIndex: number
  readonly encryptionPrivateKey: string
}

interface Waiting {
  resolve(line: string): void
  reject(error: Error): void
}

/** What OpenMLS refused, and why. */
export class OpenMlsRefusal extends Error {}

/** Where cargo puts the peer. */
export const peerProgram = `interop/peer/target/release/openmls-peer${process.platform === 'win32' ? '.exe' : ''}`

/** A member of its own, in a process of its own. */
export class PeerProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null> = spawn(peerProgram, {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  /** Answers come in the order of the requests. */
  readonly #waiting: Waiting[] = []

  constructor() {
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#waiting.shift()?.resolve(line))
    this.#child.on('error', (error) => this.#fail(error))
    this.#child.on('exit', (code) => this.#fail(new Error(`the OpenMLS peer ended with ${code}`)))
    // What went wrong is told by `exit`.
    this.#child.stdin.on('error', () => {})
  }

  /** Returns the serialized KeyPackage. */
  async begin(newcomer: Newcomer): Promise<string> {
    const { keyPackage } = await this.#say<{ readonly keyPackage: string }>(newcomer)
    return keyPackage
  }

  /** Rejects with an {@link OpenMlsRefusal}, or with another error when the process is gone. */
  ask<Command extends keyof Requests>(
    command: Command,
    request: Requests[Command],
  ): Promise<Answers[Command]> {
    return this.#say<Answers[Command]>({ command, ...request })
  }

  async #say<Answer>(request: object): Promise<Answer> {
    const line = await new Promise<string>((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#child.stdin.write(`${JSON.stringify(request)}\n`)
    })
    const answer: { ok: Answer } | { error: string } = JSON.parse(line)
    if ('error' in answer) throw new OpenMlsRefusal(`OpenMLS: ${answer.error}`)
    return answer.ok
  }

  end(): void {
    this.#child.stdin.end()
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error)
  }
}
