import { hex, unhex } from '../../tests/support/hex.js'
import { type GroupEpoch, type Library, refusal } from './library.js'
import { type MemberJson, memberFromJson } from './member.js'

/** A message and who is to open it. */
export type Entry = {
  readonly name: string
  /** An index into `recipients`. */
  readonly recipient: number
  readonly message: string
}

export type Entries = {
  readonly recipients: readonly MemberJson[]
  readonly entries: readonly Entry[]
}

export type Outcome = {
  readonly name: string
  /** The code of the refusal, or 'opened'. */
  readonly outcome: string
  readonly senderLeafIndex?: number
  readonly applicationData?: string
  readonly authenticatedData?: string
}

/** Opens each message. Runs in pages and in Node, whose outcomes the engines are held against. */
export async function openEntries(library: Library, { recipients, entries }: Entries): Promise<Outcome[]> {
  const epochs = await Promise.allSettled(
    recipients.map((recipient) => library.GroupEpoch.create(memberFromJson(recipient))),
  )
  const outcomes: Outcome[] = []
  for (const entry of entries) outcomes.push(await openEntry(library, epochs[entry.recipient], entry))
  return outcomes
}

async function openEntry(
  library: Library,
  epoch: PromiseSettledResult<GroupEpoch> | undefined,
  { name, message }: Entry,
): Promise<Outcome> {
  try {
    if (epoch === undefined) throw new Error(`${name} is for nobody`)
    if (epoch.status === 'rejected') throw epoch.reason
    const { senderLeafIndex, applicationData, authenticatedData } = await epoch.value.open(unhex(message))
    return {
      name,
      outcome: 'opened',
      senderLeafIndex,
      applicationData: hex(applicationData),
      authenticatedData: hex(authenticatedData),
    }
  } catch (error) {
    return { name, outcome: refusal(library, error) }
  }
}
