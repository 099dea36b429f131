/** Bytes that must be refused, by an engine as by Node. */

import { hex, unhex } from '../../tests/support/hex.js'
import { type GroupEpoch, type Library, refusal } from './library.js'
import { type MemberJson, memberFromJson } from './member.js'

export type HostileGiven = {
  readonly recipient: MemberJson
  /** Open, before and after. */
  readonly good: readonly string[]
  /** The content of the good messages, which no error may contain. */
  readonly secret: string
  readonly hostile: readonly HostileEntry[]
}

export type HostileEntry = {
  readonly name: string
  readonly message: string
  /** The codes that may refuse it. */
  readonly codes: readonly string[]
}

export type HostileOutcome = {
  /** What the good messages said, before and after all the others. */
  readonly opened: readonly string[]
  readonly refused: number
  /** What was not refused as it should be. */
  readonly wrong: readonly string[]
  readonly unhandled: readonly string[]
}

export const openHostile = async (library: Library, given: HostileGiven): Promise<HostileOutcome> =>
  offer(await library.GroupEpoch.create(memberFromJson(given.recipient)), library, given)

/** Opens everything, a few messages at a time. */
export async function offer(
  epoch: GroupEpoch,
  library: Pick<Library, 'TargetedMessageError'>,
  given: HostileGiven,
): Promise<HostileOutcome> {
  const unhandled: string[] = []
  const note = ({ reason }: PromiseRejectionEvent) => {
    unhandled.push(String(reason))
  }
  addEventListener('unhandledrejection', note)
  const wrong: string[] = []
  let refused = 0
  const offerOne = async ({ name, message, codes }: HostileEntry): Promise<void> => {
    try {
      await epoch.open(unhex(message))
      wrong.push(`${name}: opened`)
    } catch (error) {
      const code = refusal(library, error)
      if (!codes.includes(code)) wrong.push(`${name}: ${code}, not ${codes.join(' or ')}`)
      else if (written(error).includes(given.secret)) wrong.push(`${name}: the error holds the plaintext`)
      else refused += 1
    }
  }
  const openGood = async (): Promise<string[]> => {
    const opened = await Promise.all(given.good.map((message) => epoch.open(unhex(message))))
    return opened.map(({ applicationData }) => hex(applicationData))
  }
  const before = await openGood()
  for (let at = 0; at < given.hostile.length; at += 16) {
    await Promise.all(given.hostile.slice(at, at + 16).map(offerOne))
  }
  const after = await openGood()
  removeEventListener('unhandledrejection', note)
  return { opened: [...before, ...after], refused, wrong, unhandled }
}

/** All texts of an error and its causes. */
const written = (error: unknown): string =>
  error instanceof Error ? `${error.message} ${error.stack} ${written(error.cause)}` : String(error)
