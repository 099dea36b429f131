/** What goes on in the page that is killed. */

import { Inbox } from 'mls-targeted-messages'
import { deleteDatabase } from './database.js'
import type { RoomJson } from './epochs.js'
import { type At, enter, receive, seal } from './inboxes.js'

/** What is told to the test before anything else happens. */
export type Event =
  | { readonly what: 'creating'; readonly database: string }
  | { readonly what: 'entering' | 'entered'; readonly room: number; readonly epoch: number }
  | {
      readonly what: 'receiving' | 'released' | 'failed'
      readonly room: number
      readonly epoch: number
      readonly message: string
    }

export type Churn = {
  readonly at: At
  readonly rooms: readonly RoomJson[]
  /** For each room, the epoch to begin with. */
  readonly from: readonly number[]
  /** Where events are posted to. */
  readonly log: string
}

const messagesPerEpoch = 4

/** Enters epochs of all rooms, receives messages of the newest two, and creates databases, for ever. */
export async function churn({ at, rooms, from, log }: Churn): Promise<void> {
  const tell = async (event: Event): Promise<void> => {
    await fetch(log, { method: 'POST', body: JSON.stringify(event) })
  }
  await Promise.all(rooms.map((room, i) => churnRoom({ at, room, tell, index: i, epoch: from[i] ?? 1 })))
}

async function createDatabase(tell: RoomChurn['tell']): Promise<void> {
  const database = crypto.randomUUID()
  await tell({ what: 'creating', database })
  const inbox = await Inbox.open({ database })
  inbox.close()
  await deleteDatabase(database)
}

interface RoomChurn {
  readonly at: At
  readonly room: RoomJson
  readonly index: number
  readonly epoch: number
  tell(event: Event): Promise<void>
}

async function churnRoom({ at, room, index, epoch: first, tell }: RoomChurn): Promise<never> {
  let receiving: Promise<unknown> = Promise.resolve()
  for (let epoch = first; ; epoch++) {
    const here = { room: index, epoch }
    const texts = Array.from({ length: messagesPerEpoch }, (_, i) => `${epoch}.${i}`)
    const messages = await seal({ member: room.alice, epoch, texts })
    await tell({ what: 'entering', ...here })
    const entered = await enter({ at, member: room.bob, epoch })
    if (entered !== 'entered') await tell({ what: 'failed', ...here, message: `enter: ${entered}` })
    await tell({ what: 'entered', ...here })
    await receiving
    // While these are received, the next epoch is entered.
    const received = messages.map(async (message) => {
      await tell({ what: 'receiving', ...here, message })
      const outcome = await receive({ at, message })
      if (outcome.startsWith('released')) await tell({ what: 'released', ...here, message })
      else await tell({ what: 'failed', ...here, message: `receive: ${outcome}` })
    })
    // By one of the rooms, so that there is one at a time.
    receiving = Promise.all(index === 0 ? [...received, createDatabase(tell)] : received)
  }
}
