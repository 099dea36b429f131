/** Calls on a page that is not a secure context. */

import { type Library, refusal } from './library.js'
import { type MemberJson, memberFromJson } from './member.js'

/** By call: the code and the sentence with which it is refused, or 'not refused'. */
export async function insecureCalls(library: Library, json: MemberJson): Promise<Record<string, string>> {
  const { GroupEpoch, Inbox, supportedCipherSuites } = library
  const calls: Record<string, () => unknown> = {
    supportedCipherSuites,
    'GroupEpoch.create': () => GroupEpoch.create(memberFromJson(json)),
    'GroupEpoch.from': () => Reflect.apply(GroupEpoch.from, GroupEpoch, [{}]),
    'Inbox.open': async () => (await Inbox.open({ database: 'insecure' })).close(),
  }
  const outcomes: Record<string, string> = {}
  for (const [name, call] of Object.entries(calls)) outcomes[name] = await outcomeOf(library, call)
  return outcomes
}

async function outcomeOf(library: Library, call: () => unknown): Promise<string> {
  try {
    await call()
  } catch (error) {
    return `${refusal(library, error)}: ${error instanceof Error ? error.message : ''}`
  }
  return 'not refused'
}
