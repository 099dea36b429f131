import { checkInteger } from '../check-argument.js'
import { base64url } from '../crypto/base64url.js'
import { fail, invalidInput } from '../errors.js'
import { type Bytes, equalBytes } from '../tls/bytes.js'
import type { InboxWindow, KeptEpoch, KeptGroup } from './store.js'

const MAX_PAST_EPOCHS = 16

/** The parts of the window that the application gives. Throws `invalid-input`. */
export function checkWindow(
  pastEpochs: number | undefined,
  maxAge: number | undefined,
): Partial<InboxWindow> {
  if (pastEpochs !== undefined) checkInteger(pastEpochs, 'pastEpochs', 0, MAX_PAST_EPOCHS)
  if (maxAge !== undefined && (typeof maxAge !== 'number' || !(maxAge >= 0))) {
    throw invalidInput(`maxAge must be a number of milliseconds, not ${maxAge}`)
  }
  return { ...(pastEpochs !== undefined && { pastEpochs }), ...(maxAge !== undefined && { maxAge }) }
}

/** The epoch that is entered. */
interface Entered {
  readonly groupId: Bytes
  readonly leafIndex: number
  readonly epoch: bigint
}

/**
 * The group after the epoch is entered. Throws `invalid-input` for an epoch that is older than the current one, or that is
 * another member's.
 */
export function enterEpoch(
  group: KeptGroup | undefined,
  window: InboxWindow,
  { groupId, leafIndex, epoch }: Entered,
  now: number,
): KeptGroup {
  const [current] = group?.epochs ?? []
  if (current && epoch < current.epoch) {
    throw invalidInput(`epoch ${epoch} is older than the current epoch ${current.epoch} of the group`)
  }
  if (group && group.leafIndex !== leafIndex) {
    throw invalidInput(
      `the epoch belongs to leaf ${leafIndex}, and the inbox is in this group as leaf ${group.leafIndex}: use one inbox for each member, or leave the group first`,
    )
  }
  const past = (group?.epochs ?? [])
    .filter((kept) => kept.epoch !== epoch && kept.epoch >= epoch - BigInt(window.pastEpochs))
    .map((kept) => (kept.endedAt === undefined ? endedAt(kept, now) : kept))
  const entered = { epoch, endedAt: undefined, stamp: newStamp() }
  return pruneGroup({ groupId, leafIndex, epochs: [entered, ...past] }, window, now)
}

/** The group without the epochs that are past `maxAge`. */
export const pruneGroup = (group: KeptGroup, window: InboxWindow, now: number): KeptGroup => ({
  ...group,
  epochs: group.epochs.flatMap((kept) => aged(kept, window, now)),
})

/** Whether {@link pruneGroup} has something to change. */
export const isDue = ({ epochs }: KeptGroup, window: InboxWindow, now: number): boolean =>
  epochs.some((kept) => aged(kept, window, now)[0] !== kept)

/** The epoch, unless it is too old. An end in the future comes from a clock that was ahead, and becomes now. */
function aged(kept: KeptEpoch, { maxAge }: InboxWindow, now: number): KeptEpoch[] {
  const age = now - (kept.endedAt ?? now)
  if (age > maxAge) return []
  return [age < 0 ? endedAt(kept, now) : kept]
}

const endedAt = (kept: KeptEpoch, now: number): KeptEpoch => ({ ...kept, endedAt: now, stamp: newStamp() })

const newStamp = (): string => base64url(crypto.getRandomValues(new Uint8Array(12)))

/** A group and one of its epochs. */
export interface Kept {
  readonly group: KeptGroup
  readonly kept: KeptEpoch
}

/**
 * Throws `unknown-group`, `epoch-ahead` or `epoch-expired` unless a message of this epoch can be opened, and `storage` for
 * another group than was asked for: somebody who can write to the disk could exchange groups.
 */
export function checkKept(group: KeptGroup | undefined, groupId: Bytes, epoch: bigint): Kept {
  const [current] = group?.epochs ?? []
  if (!group || !current) throw fail('unknown-group', 'the message is for a group that was not entered')
  if (!equalBytes(group.groupId, groupId)) throw fail('storage', 'the stored group is another one')
  if (epoch > current.epoch) {
    throw fail('epoch-ahead', `the message is for epoch ${epoch}, and the group is in epoch ${current.epoch}`)
  }
  const kept = group.epochs.find((one) => one.epoch === epoch)
  if (kept) return { group, kept }
  throw fail(
    'epoch-expired',
    `the keys of epoch ${epoch} are deleted; the group is in epoch ${current.epoch}`,
  )
}
