/** What an application does with messages: it puts them into a database of its own, by id, and acknowledges them. */

import { type IDBPDatabase, openDB } from 'idb'
import { type ReceivedMessage, TargetedMessageError } from 'mls-targeted-messages'
import { unhex } from '../../../tests/support/hex.js'
import { type At, createEpoch, type Entering, inboxAt, type Outcome } from './inboxes.js'
import { sentencesOf } from './sentences.js'

/** What is told to the deliverer. */
export type KeptEvent =
  | { readonly what: 'entered' | 'failed'; readonly tab: string; readonly why: string }
  | { readonly what: 'keeping' | 'acknowledged'; readonly tab: string; readonly message: string }

export type Delivering = {
  readonly at: At
  readonly tab: string
  /** Where events are posted to. */
  readonly log: string
  readonly messages: readonly string[]
  /** Epochs that are entered meanwhile. */
  readonly entering: readonly Entering[]
}

let application: Promise<IDBPDatabase> | undefined

function openApplication(): Promise<IDBPDatabase> {
  application ??= openDB('application', 1, {
    upgrade(database) {
      database.createObjectStore('messages')
    },
  })
  return application
}

const pause = (longest: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, longest * Math.random()))

async function put({ id, applicationData }: ReceivedMessage): Promise<void> {
  await (await openApplication()).put('messages', new TextDecoder().decode(applicationData), id)
}

/** Refuses an id that is there. */
export async function add({ id, applicationData }: ReceivedMessage): Promise<void> {
  await (await openApplication()).add('messages', new TextDecoder().decode(applicationData), id)
}

/** Text by id. */
export async function keptMessages(): Promise<Record<string, string>> {
  const database = await openApplication()
  const [ids, texts] = await Promise.all([database.getAllKeys('messages'), database.getAll('messages')])
  return Object.fromEntries(ids.map((id, i) => [String(id), String(texts[i])]))
}

/** Receives all messages, several at a time, as they come while epochs are entered. Returns at once. */
export function startDelivering({ at, tab, log, messages, entering }: Delivering): void {
  const tell = async (event: KeptEvent): Promise<void> => {
    await fetch(log, { method: 'POST', body: JSON.stringify(event) })
  }
  const keepFor =
    (message: string) =>
    async (received: ReceivedMessage): Promise<void> => {
      await tell({ what: 'keeping', tab, message })
      await pause(20)
      await put(received)
      await pause(20)
    }
  const receive = async (message: string): Promise<void> => {
    let outcome = await keep({ at, message, keep: keepFor(message) })
    while (outcome === 'epoch-ahead') {
      await pause(20)
      outcome = await keep({ at, message, keep: keepFor(message) })
    }
    if (outcome === 'kept' || outcome === 'replay') await tell({ what: 'acknowledged', tab, message })
    else await tell({ what: 'failed', tab, why: outcome })
  }
  const enterOne = async ({ at, member, epoch }: Entering): Promise<void> => {
    try {
      await (await inboxAt(at)).enter(await createEpoch(member, epoch, at))
    } catch (error) {
      return tell({ what: 'failed', tab, why: `enter: ${sentencesOf(error)}` })
    }
    await tell({ what: 'entered', tab, why: `enter: ${epoch}` })
  }
  void Promise.all([...messages.map(receive), ...entering.map(enterOne)])
}

/** What becomes of each message when it is delivered again. */
export async function deliverAgain(given: {
  readonly at: At
  readonly messages: readonly string[]
}): Promise<Outcome[]> {
  return Promise.all(given.messages.map((message) => keep({ at: given.at, message, keep: put })))
}

interface Keep {
  readonly at: At
  readonly message: string
  keep(received: ReceivedMessage): Promise<void>
}

/** What fails says why: it is not expected. */
async function keep({ at, message, keep: how }: Keep): Promise<Outcome> {
  try {
    await (await inboxAt(at)).receive(unhex(message), { keep: how })
    return 'kept'
  } catch (error) {
    const code = error instanceof TargetedMessageError ? error.code : String(error)
    return code === 'replay' || code === 'epoch-ahead' ? code : `${code}: ${sentencesOf(error)}`
  }
}
