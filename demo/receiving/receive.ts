/** The effect of parcels of the delivery service on a member. */

import type { Parcel, Posted } from '../delivery/delivery-service.js'
import type { Tools } from '../messenger/tools.js'
import { receiveGroupMessage } from './group-messages.js'
import { allEnded } from './order.js'
import { outgoingOf, receiveOwn } from './own.js'
import { type Arriving, take } from './taking.js'
import { isWhisper, receiveWhispers } from './whispers.js'

/** Takes parcels in order. Each is stored together with its effect; after a crash, those that were taken are skipped. */
export async function receive(parcels: readonly Parcel[], tools: Tools): Promise<void> {
  const { ledger } = tools
  const acks = new Set(ledger.record.acks)
  const fresh = parcels.filter(({ cursor }) => !acks.has(cursor))
  await receiveAll(
    fresh.map((parcel) => ({
      parcel,
      taken: (record) => ({ ...record, acks: [...record.acks, parcel.cursor] }),
    })),
    tools,
  )
  const cursor = parcels.at(-1)?.cursor
  if (cursor !== undefined) await ledger.commit((record) => ({ ...record, cursor, acks: [] }))
}

async function receiveAll(arriving: readonly Arriving[], tools: Tools): Promise<void> {
  let whispers: Arriving[] = []
  for (const each of arriving) {
    if (isWhisper(each)) {
      whispers.push(each)
      continue
    }
    await receiveRun(whispers, tools)
    whispers = []
    const epoch = epochOf(tools)
    await receiveOne(each, tools)
    if (epochOf(tools) !== epoch) await receiveEarly(tools)
  }
  await receiveRun(whispers, tools)
}

async function receiveRun(whispers: readonly Arriving[], tools: Tools): Promise<void> {
  const { outbox } = tools.ledger.record
  const own = whispers.flatMap((each) => {
    const outgoing = outgoingOf(each, outbox)
    return outgoing ? [receiveOwn(each, outgoing, tools)] : []
  })
  const others = whispers.filter((each) => !outgoingOf(each, outbox))
  const receiving = isListening(tools)
    ? [receiveWhispers(others, tools)]
    : others.map((each) => take(each, tools))
  await allEnded([...own, ...receiving])
}

function receiveOne(arriving: Arriving, tools: Tools): Promise<void> {
  const own = outgoingOf(arriving, tools.ledger.record.outbox)
  if (own) return receiveOwn(arriving, own, tools)
  return isListening(tools) ? receiveGroupMessage(arriving, tools) : take(arriving, tools)
}

/** Messages from before this member asked to join, or after it left, are not for it. */
const isListening = ({ ledger: { record } }: Tools): boolean =>
  record.phase === 'joining' || record.phase === 'member'

const epochOf = ({ ledger: { record } }: Tools): bigint | undefined => record.state?.groupContext.epoch

/** Takes what arrived too early: in each new epoch, and at start-up. */
export async function receiveEarly(tools: Tools): Promise<void> {
  const tried = new Set<string>()
  for (;;) {
    const epoch = epochOf(tools)
    const next = tools.ledger.record.early.find(({ id }) => !tried.has(id))
    if (epoch === undefined || !next) return
    tried.add(next.id)
    const arriving = arrivingAgain(next)
    await (isWhisper(arriving) ? receiveRun([arriving], tools) : receiveOne(arriving, tools))
    if (epochOf(tools) !== epoch) tried.clear()
  }
}

const arrivingAgain = (parcel: Posted): Arriving => ({
  parcel,
  taken: (record) => ({ ...record, early: record.early.filter(({ id }) => id !== parcel.id) }),
})
