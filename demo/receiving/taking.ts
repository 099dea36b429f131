/** A parcel, and how the record tells that it was taken. */

import type { Posted } from '../delivery/delivery-service.js'
import type { Change } from '../messenger/ledger.js'
import { type MemberRecord, told } from '../messenger/record.js'
import type { Tools } from '../messenger/tools.js'

export interface Arriving {
  readonly parcel: Posted
  /** Stored together with the effect of the parcel. */
  readonly taken: Change
}

/** Limit for early parcels, because anybody who can publish could fill the disk with them. */
const mostEarly = 1_000

export const take = ({ taken }: Arriving, { ledger }: Tools, change: Change = (record) => record) =>
  ledger.commit((record) => change(taken(record)))

/** To be received again once the member is in the next epoch. */
export const keepForLater = (arriving: Arriving, tools: Tools): Promise<void> =>
  take(arriving, tools, (record) =>
    record.early.length < mostEarly && record.early.every(({ id }) => id !== arriving.parcel.id)
      ? { ...record, early: [...record.early, arriving.parcel] }
      : record,
  )

type RefusalCode = Extract<MemberRecord['conversation'][number], { kind: 'refused' }>['code']

export const refused =
  ({ parcel }: Arriving, code: RefusalCode, why: string): Change =>
  (record) =>
    told(record, {
      kind: 'refused',
      id: parcel.id,
      epoch: record.state?.groupContext.epoch ?? 0n,
      at: Date.now(),
      code,
      why,
      message: parcel.bytes,
    })
