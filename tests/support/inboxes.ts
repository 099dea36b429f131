import type { Inbox } from '../../lib/index.js'

/** Calls a method with whatever it is. */
export const call = (
  method: (...args: never[]) => unknown,
  self: unknown,
  ...args: unknown[]
): Promise<unknown> => Reflect.apply(method, self, args)

/** What iterating over an inbox gives: the group ids, as decimals with commas, and the current epochs. */
export async function groupsOf(inbox: Inbox): Promise<[string, bigint][]> {
  const groups: [string, bigint][] = []
  for await (const { groupId, epoch } of inbox) groups.push([String(groupId), epoch])
  return groups
}
