import {
  GroupEpoch,
  inspect,
  type OpenedMessage,
  type Revision,
  TargetedMessageError,
} from 'mls-targeted-messages'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import { type EpochOptions, impostor, outsider, readdressed, tampered } from './scenario/attacks.js'
import { makeGroup } from './scenario/group.js'
import type { SuiteId } from './scenario/suites.js'

/** By leaf. */
export const names = ['Alice', 'Bob', 'Carol', 'Dave'] as const
export const nameOf = (leafIndex: number): string => names[leafIndex] ?? `leaf ${leafIndex}`

/** A message with those who have it. */
export interface Delivery {
  readonly sender: number
  readonly recipient: number
  readonly message: Uint8Array
}

/** Somebody's attempt to open a message; without an error it was opened. */
export interface Attempt {
  readonly what: string
  readonly error: TargetedMessageError | undefined
}

/** All members of a group in one epoch, and Mallory, who is not in it. */
export class Room {
  readonly #revision: Revision
  /** By leaf. */
  readonly #views: readonly EpochOptions[]
  readonly #mallory: EpochOptions
  readonly #epochs: readonly GroupEpoch[]

  private constructor(
    revision: Revision,
    views: readonly EpochOptions[],
    mallory: EpochOptions,
    epochs: readonly GroupEpoch[],
  ) {
    this.#revision = revision
    this.#views = views
    this.#mallory = mallory
    this.#epochs = epochs
  }

  static async make(suite: SuiteId, revision: Revision): Promise<Room> {
    const [group, outside] = await Promise.all([makeGroup(suite, names), makeGroup(suite, ['Mallory'])])
    const [mallory, ...views] = [...outside.states, ...group.states].map(fromTsMls)
    if (!mallory) throw new Error('a group has at least one member')
    const epochs = await Promise.all(views.map((view) => GroupEpoch.create({ revision, ...view })))
    return new Room(revision, views, mallory, epochs)
  }

  get epoch(): bigint {
    return this.#epochOf(0).epoch
  }

  async seal(sender: number, recipient: number, text: string): Promise<Delivery> {
    const message = await this.#epochOf(sender).seal({
      recipientLeafIndex: recipient,
      applicationData: new TextEncoder().encode(text),
      authenticatedData: new TextEncoder().encode(`sent ${new Date().toISOString()}`),
    })
    return { sender, recipient, message }
  }

  open({ recipient, message }: Delivery): Promise<OpenedMessage> {
    return this.#epochOf(recipient).open(message)
  }

  /** All who are not the recipient, each in the ways that they have. */
  async others({ recipient, message }: Delivery): Promise<Attempt[]> {
    const to = nameOf(recipient)
    const own = this.#mallory
    const others = names.flatMap((name, leafIndex) => (leafIndex === recipient ? [] : [{ name, leafIndex }]))
    const [curious] = others.slice(-1)
    const attempts = others.map(({ name, leafIndex }) =>
      attempt(`${name} opens it as it is`, this.#epochOf(leafIndex), message),
    )
    if (curious) {
      const { name, leafIndex } = curious
      const view = this.#viewOf(leafIndex)
      attempts.push(
        attempt(
          `${name} writes their own leaf into the header`,
          this.#epochOf(leafIndex),
          readdressed(message, leafIndex),
        ),
        attempt(`${name} poses as ${to}`, await this.#create(impostor(view, recipient, view)), message),
      )
    }
    const guess = outsider(this.#viewOf(recipient), recipient, own)
    attempts.push(
      attempt('Mallory has a group of her own', await this.#create(own), message),
      attempt(`Mallory poses as ${to}, with a guessed secret`, await this.#create(guess), message),
    )
    return Promise.all(attempts)
  }

  /** The recipient gets copies with one bit turned, one for each field. */
  tamper({ recipient, message }: Delivery): Promise<Attempt[]> {
    const epoch = this.#epochOf(recipient)
    return Promise.all(
      inspect(message).map((field) =>
        attempt(`One bit of ${field.name} turned`, epoch, tampered(message, field)),
      ),
    )
  }

  #create(view: EpochOptions): Promise<GroupEpoch> {
    return GroupEpoch.create({ revision: this.#revision, ...view })
  }

  #epochOf(leafIndex: number): GroupEpoch {
    return at(this.#epochs, leafIndex)
  }

  #viewOf(leafIndex: number): EpochOptions {
    return at(this.#views, leafIndex)
  }
}

function at<T>(byLeaf: readonly T[], leafIndex: number): T {
  const found = byLeaf[leafIndex]
  if (found === undefined) throw new Error(`leaf ${leafIndex} is blank`)
  return found
}

async function attempt(what: string, epoch: GroupEpoch, message: Uint8Array): Promise<Attempt> {
  try {
    await epoch.open(message)
    return { what, error: undefined }
  } catch (error) {
    if (error instanceof TargetedMessageError) return { what, error }
    throw error
  }
}
