import * as library from 'mls-targeted-messages'
import { hex, unhex } from '../../../tests/support/hex.js'
import { refusal } from '../../tasks/library.js'
import type { MemberJson } from '../../tasks/member.js'
import { memberAt } from './epochs.js'

/** Which inbox; the storageKey is 32 bytes in hex. */
export type At = {
  readonly database: string
  readonly pastEpochs?: number
  readonly maxAge?: number
  readonly maxMessageLength?: number
  readonly storageKey?: string
}

/** `released` and the text; or the code of the refusal. */
export type Outcome = string

const opened = new Map<string, Promise<library.Inbox>>()

/** Each context opens a database once. */
export function inboxAt({ database, storageKey, ...options }: At): Promise<library.Inbox> {
  const inbox =
    opened.get(database) ??
    importStorageKey(storageKey).then((key) => library.Inbox.open({ ...options, database, storageKey: key }))
  opened.set(database, inbox)
  inbox.catch(() => opened.delete(database))
  return inbox
}

const importStorageKey = async (storageKey: string | undefined): Promise<CryptoKey | undefined> =>
  storageKey === undefined
    ? undefined
    : crypto.subtle.importKey('raw', unhex(storageKey), 'AES-GCM', false, ['encrypt', 'decrypt'])

export async function createEpoch(member: MemberJson, epoch: number, at?: At): Promise<library.GroupEpoch> {
  const storageKey = await importStorageKey(at?.storageKey)
  const { maxMessageLength } = at ?? {}
  return library.GroupEpoch.create({ ...(await memberAt(member, epoch)), storageKey, maxMessageLength })
}

export async function outcomeOf(action: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await action()
  } catch (error) {
    return refusal(library, error)
  }
}

/** Opens the inbox with these options, unless it is open here. */
export const open = (at: At): Promise<Outcome> =>
  outcomeOf(async () => {
    await inboxAt(at)
    return 'opened'
  })

export type Entering = { readonly at: At; readonly member: MemberJson; readonly epoch: number }

export const enter = ({ at, member, epoch }: Entering): Promise<Outcome> =>
  outcomeOf(async () => {
    await (await inboxAt(at)).enter(await createEpoch(member, epoch, at))
    return 'entered'
  })

export type EnteringAll = { readonly at: At; readonly member: MemberJson; readonly epochs: readonly number[] }

export async function enterAll({ at, member, epochs }: EnteringAll): Promise<Outcome[]> {
  const heard: Outcome[] = []
  for (const epoch of epochs) heard.push(await enter({ at, member, epoch }))
  return heard
}

export const receive = ({ at, message }: { readonly at: At; readonly message: string }): Promise<Outcome> =>
  outcomeOf(async () => {
    const { applicationData } = await (await inboxAt(at)).receive(unhex(message))
    return `released ${new TextDecoder().decode(applicationData)}`
  })

export type Receiving = { readonly at: At; readonly messages: readonly string[] }

/** One after another. */
export async function receiveAll({ at, messages }: Receiving): Promise<Outcome[]> {
  const heard: Outcome[] = []
  for (const message of messages) heard.push(await receive({ at, message }))
  return heard
}

export type Sealing = {
  readonly member: MemberJson
  readonly epoch: number
  readonly texts: readonly string[]
}

/** Messages from Alice to Bob. */
export async function seal({ member, epoch, texts }: Sealing): Promise<string[]> {
  const sender = await createEpoch(member, epoch)
  return Promise.all(
    texts.map(async (text) =>
      hex(await sender.seal({ recipientLeafIndex: 1, applicationData: new TextEncoder().encode(text) })),
    ),
  )
}

/** Seals with the group's current epoch as it is stored. */
export const sealFromCurrent = (given: {
  readonly at: At
  readonly groupId: string
  readonly recipientLeafIndex: number
}): Promise<Outcome> =>
  outcomeOf(async () => {
    const { at, groupId, recipientLeafIndex } = given
    const epoch = await (await inboxAt(at)).current(unhex(groupId))
    await epoch?.seal({ recipientLeafIndex, applicationData: new Uint8Array(1) })
    return epoch === undefined ? 'no epoch' : 'sealed'
  })

export const leave = ({ at, groupId }: { readonly at: At; readonly groupId: string }): Promise<Outcome> =>
  outcomeOf(async () => {
    await (await inboxAt(at)).leave(unhex(groupId))
    return 'left'
  })

/** Leaves a group that nobody entered, again and again; resolves when that is under way. */
export async function leaveForEver(given: { readonly at: At; readonly groupId: string }): Promise<void> {
  // Several at a time, so that there is a transaction at every moment.
  await Promise.all(Array.from({ length: 8 }, () => leave(given)))
  const again = (): Promise<void> => leave(given).then(again)
  for (let i = 0; i < 8; i++) void again()
}

/** Closes the inbox, so that the next call opens it again. */
export async function close({ database }: At): Promise<void> {
  const inbox = await opened.get(database)
  opened.delete(database)
  inbox?.close()
}

/** What each method says. */
export async function allCalls(given: Entering & { readonly message: string }): Promise<Outcome[]> {
  const inbox = await inboxAt(given.at)
  const groupId = unhex(given.member.groupId)
  const done = (action: () => Promise<unknown>): Promise<Outcome> =>
    outcomeOf(async () => {
      await action()
      return 'done'
    })
  return [
    await receive(given),
    await enter(given),
    await done(() => inbox.current(groupId)),
    await done(() => inbox.prune()),
    await done(() => inbox[Symbol.asyncIterator]().next()),
    await done(() => inbox.leave(groupId)),
  ]
}
