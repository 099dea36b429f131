import { fail, invalidInput } from '../errors.js'
import type { KeptEpoch } from './store.js'

/** Which past epochs are kept. */
export interface Window {
  /** How many epochs back from the current one. */
  readonly pastEpochs: number
  /** For how many milliseconds after its end a past epoch is kept. */
  readonly maxAge: number
}

/** What is kept once `epoch` is entered. Throws `invalid-input` where it is older than the current one. */
export function enterEpoch(
  window: Window,
  epochs: readonly KeptEpoch[],
  epoch: bigint,
  now: number,
): KeptEpoch[] {
  const [current] = epochs
  if (current && epoch < current.epoch) {
    throw invalidInput(`epoch ${epoch} is older than the current epoch ${current.epoch} of the group`)
  }
  const past = epochs
    .filter((kept) => kept.epoch !== epoch)
    .map((kept) => ({ ...kept, endedAt: kept.endedAt ?? now }))
  return pruneEpochs(window, [{ epoch, endedAt: undefined }, ...past], now)
}

/** What of it is kept now. */
export function pruneEpochs(
  { pastEpochs, maxAge }: Window,
  epochs: readonly KeptEpoch[],
  now: number,
): KeptEpoch[] {
  const oldest = (epochs[0]?.epoch ?? 0n) - BigInt(pastEpochs)
  return epochs.filter(
    ({ epoch, endedAt }) => epoch >= oldest && (endedAt === undefined || now - endedAt <= maxAge),
  )
}

/** Throws `unknown-group`, `epoch-ahead` or `epoch-expired` unless a message of this epoch can be opened. */
export function checkKept(epochs: readonly KeptEpoch[], epoch: bigint): void {
  const [current] = epochs
  if (!current) throw fail('unknown-group', 'the message is for a group that was not entered')
  if (epoch > current.epoch) {
    throw fail('epoch-ahead', `the message is for epoch ${epoch}, and the group is in epoch ${current.epoch}`)
  }
  if (epochs.some((kept) => kept.epoch === epoch)) return
  throw fail('epoch-expired', `the keys of epoch ${epoch} are gone; the group is in epoch ${current.epoch}`)
}
