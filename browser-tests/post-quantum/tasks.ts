/** What pages do with post-quantum epochs; some of it Node does too. */

import { GroupEpoch, Inbox, TargetedMessageError } from 'mls-targeted-messages'
import { type SuiteName, suites } from '../../tests/post-quantum/members.js'
import { type Arrival, talkInSuite } from '../../tests/post-quantum/talk.js'
import { nativeKems, nativeSignatures, type Way } from '../../tests/post-quantum/ways.js'
import { type PostQuantumSuite, tsMls1 } from '../../tests/support/groups/groups.js'
import { hex, unhex } from '../../tests/support/hex.js'
import { persistently } from '../../tests/support/persistently.js'
import { type HostileGiven, type HostileOutcome, offer } from '../tasks/hostile.js'
import { type MemberJson, memberFromJson } from '../tasks/member.js'

export { answerVectors } from './vectors.js'

declare global {
  var postQuantumTasks: typeof import('./tasks.js')
}

/** By name, what this engine's SubtleCrypto has. */
export async function nativeHere(): Promise<string[]> {
  const all = [...Object.values(nativeKems), ...Object.values(nativeSignatures)]
  const answers = await Promise.all(all.map((one) => one.isSupported()))
  return all.filter((_, i) => answers[i]).map(({ name }) => name)
}

/** A real group of ts-mls, in each way of this engine. */
export const talk = (suite: PostQuantumSuite): Promise<Arrival[]> =>
  persistently(() => talkInSuite(tsMls1, suite))

export interface Who {
  readonly member: MemberJson
  readonly name: SuiteName
  readonly way: Way
}

const suiteOf = ({ name, way }: Who) => suites[name][way === 'native' ? 'native' : 'plugIn']

const epochOf = (who: Who, storageKey?: CryptoKey): Promise<GroupEpoch> =>
  GroupEpoch.create({ ...memberFromJson(who.member), cipherSuite: suiteOf(who), storageKey })

/** To the other of two leaves. */
export async function seal({ who, text }: { readonly who: Who; readonly text: string }): Promise<string> {
  const epoch = await epochOf(who)
  const applicationData = new TextEncoder().encode(text)
  return hex(await epoch.seal({ recipientLeafIndex: 1 - epoch.leafIndex, applicationData }))
}

export async function open({
  who,
  message,
}: {
  readonly who: Who
  readonly message: string
}): Promise<string> {
  const { applicationData } = await (await epochOf(who)).open(unhex(message))
  return new TextDecoder().decode(applicationData)
}

/** Offers the sample to its recipient, in one of the two suites. */
export async function openHostile({
  given,
  name,
  way,
}: Omit<Who, 'member'> & { readonly given: HostileGiven }): Promise<HostileOutcome> {
  return offer(await epochOf({ member: given.recipient, name, way }), { TargetedMessageError }, given)
}

export interface Stored {
  readonly who: Who
  readonly database: string
  /** Raw, in hex: of AES-256-GCM. */
  readonly storageKey?: string | undefined
  readonly usages?: readonly KeyUsage[]
}

async function inboxOf({ who, database, storageKey: raw, usages = ['encrypt', 'decrypt'] }: Stored) {
  const storageKey =
    raw === undefined ? undefined : await crypto.subtle.importKey('raw', unhex(raw), 'AES-GCM', false, usages)
  return { storageKey, inbox: await Inbox.open({ database, storageKey, cipherSuites: [suiteOf(who)] }) }
}

/** How each secret is stored. */
export async function enter(stored: Stored): Promise<string> {
  const { inbox, storageKey } = await inboxOf(stored)
  const epoch = await epochOf(stored.who, storageKey)
  await inbox.enter(epoch)
  inbox.close()
  return epoch.export().secrets.encryptionPrivateKey.kind
}

/** What comes of it where the `storageKey` only unwraps: the messages of both refusals, or what was received. */
export async function receiveByUnwrapping({
  stored,
  message,
}: {
  readonly stored: Stored
  readonly message: string
}): Promise<string[]> {
  const unwrapping = { ...stored, usages: ['encrypt', 'unwrapKey'] } as const
  try {
    await enter(unwrapping)
    return [await receive({ stored: unwrapping, message })]
  } catch (error) {
    const create = async () => {
      const { storageKey } = await inboxOf({ ...unwrapping, who: { ...stored.who, way: 'native' } })
      await epochOf(stored.who, storageKey)
    }
    return [String(error), await create().then(() => 'created', String)]
  }
}

export async function receive({
  stored,
  message,
}: {
  readonly stored: Stored
  readonly message: string
}): Promise<string> {
  const { inbox } = await inboxOf(stored)
  try {
    return new TextDecoder().decode((await inbox.receive(unhex(message))).applicationData)
  } finally {
    inbox.close()
  }
}

/** The same in a service worker. */
export async function receiveInServiceWorker(given: Parameters<typeof receive>[0]): Promise<unknown> {
  await navigator.serviceWorker.register('/worker.js')
  const { active } = await navigator.serviceWorker.ready
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data)
    active?.postMessage(given, [port2])
  })
}
