import type { MemberJson } from '../../tasks/member.js'
import { type At, enter, type Outcome } from './inboxes.js'

export type Outgrow = {
  readonly at: At
  readonly member: MemberJson
  readonly from: number
  readonly times: number
}

/** Enters one epoch after another until one is refused: which it was, and how. */
export async function outgrow(given: Outgrow): Promise<{ epoch: number; outcome: Outcome }> {
  for (let epoch = given.from; epoch < given.from + given.times; epoch++) {
    const outcome = await enter({ ...given, epoch })
    if (outcome !== 'entered') return { epoch, outcome }
  }
  return { epoch: given.from + given.times, outcome: 'entered' }
}
