/** What an attacker tries with a message. Each ends at the inbox of a member in this tab, which refuses it, or does not. */

import { GroupEpoch, type InspectedField, readHeader, type TargetedMessageError } from 'mls-targeted-messages'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import { type Member, pastEpochs } from '../messenger/member.js'
import { nameAt } from '../messenger/receiving.js'
import type { ClientState } from '../messenger/stack.js'
import type { Room } from '../messenger/store.js'
import { impostor, outsider, readdressed, tampered } from '../scenario/attacks.js'
import { makeGroup } from '../scenario/group.js'

export interface Target {
  readonly message: Uint8Array
  readonly room: Room
  readonly recipient: Member
  /** The other members of this tab that are in the group: accomplices. */
  readonly others: readonly Member[]
}

/** What was tried; without an error it was opened. */
export interface Outcome {
  readonly what: string
  readonly error: TargetedMessageError | undefined
}

export interface Attack {
  readonly id: string
  readonly label: string
  readonly explanation: string
  readonly run: (target: Target) => Promise<Outcome>
}

/** One bit of a field is turned on the way. */
export const tamper = ({ message, recipient }: Target, field: InspectedField): Promise<Outcome> =>
  outcome(`One bit of ${field.name} turned`, recipient, tampered(message, field))

export const attacks: readonly Attack[] = [
  {
    id: 'replay',
    label: 'Replay it',
    explanation: 'The delivery service delivers the message once more.',
    run: ({ message, recipient }) => outcome(`${recipient.record.name} gets it again`, recipient, message),
  },
  {
    id: 'forge-member',
    label: 'Forge the sender, as a member',
    explanation: 'A member, who has the group’s secrets, seals a message and claims another member’s leaf.',
    run: async ({ recipient, others, room }) => {
      const forger = accomplice(others)
      const state = stateOf(forger)
      const view = fromTsMls(state)
      const claimed = view.members.find(
        ({ leafIndex }) => leafIndex !== view.self.leafIndex && leafIndex !== leafOf(recipient),
      )
      if (!claimed) throw new Error('Forging takes a third member in this tab.')
      const epoch = await GroupEpoch.create({
        revision: room.revision,
        ...impostor(view, claimed.leafIndex, view),
      })
      const what = `${forger.record.name} claims to be ${nameAt(state, claimed.leafIndex)}`
      return outcome(what, recipient, await forged(epoch, recipient))
    },
  },
  {
    id: 'forge-outsider',
    label: 'Forge the sender, from outside',
    explanation: 'Mallory, who is in no group with them, knows all public keys, and guesses the secret.',
    run: async ({ recipient, room }) => {
      const state = stateOf(recipient)
      const view = fromTsMls(state)
      const claimed = view.members.find(({ leafIndex }) => leafIndex !== view.self.leafIndex)
      if (!claimed) throw new Error('There is nobody whose leaf Mallory could claim.')
      const mallory = await makeGroup(room.suite, ['Mallory'])
      const [own] = mallory.states.map((malloryState) => fromTsMls(malloryState))
      if (!own) throw new Error('Mallory has no keys')
      const epoch = await GroupEpoch.create({
        revision: room.revision,
        ...outsider(view, claimed.leafIndex, own),
      })
      const what = `Mallory claims to be ${nameAt(state, claimed.leafIndex)}`
      return outcome(what, recipient, await forged(epoch, recipient))
    },
  },
  {
    id: 'wrong-member',
    label: 'Deliver it to the wrong member',
    explanation: 'The delivery service gives the message to another member.',
    run: ({ message, others }) => {
      const wrong = accomplice(others)
      return outcome(`${wrong.record.name} gets it`, wrong, message)
    },
  },
  {
    id: 'readdress',
    label: 'Write another recipient on it',
    explanation: 'Another member writes their own leaf into the header, and tries to open the message.',
    run: ({ message, others }) => {
      const wrong = accomplice(others)
      const copy = readdressed(message, leafOf(wrong))
      return outcome(`${wrong.record.name}’s leaf is written into it`, wrong, copy)
    },
  },
  {
    id: 'old-epoch',
    label: 'Send in an old epoch',
    explanation: `A member seals a message now. It arrives when the recipient has renewed keys ${pastEpochs + 1} times, and has deleted those of the epoch.`,
    run: async ({ recipient, others }) => {
      const sender = accomplice(others)
      const message = await forged(await sender.epoch(), recipient)
      const { epoch } = readHeader(message)
      for (let i = 0; i <= pastEpochs; i++) await renewed(recipient)
      return outcome(`${sender.record.name}’s message of epoch ${epoch} arrives now`, recipient, message)
    },
  },
]

const forged = async (epoch: GroupEpoch, recipient: Member): Promise<Uint8Array> =>
  epoch.seal({
    recipientLeafIndex: leafOf(recipient),
    applicationData: new TextEncoder().encode('Trust me.'),
  })

/** Resolves when the member is in the next epoch. */
async function renewed(member: Member): Promise<void> {
  const epochNow = (): bigint => stateOf(member).groupContext.epoch
  const before = epochNow()
  const next = new Promise<void>((resolve) => {
    const listener = (): void => {
      if (epochNow() === before) return
      member.removeEventListener('change', listener)
      resolve()
    }
    member.addEventListener('change', listener)
  })
  await member.renewKeys()
  await next
}

const outcome = async (what: string, member: Member, message: Uint8Array): Promise<Outcome> => ({
  what,
  error: await member.hand(message),
})

function accomplice(others: readonly Member[]): Member {
  const [first] = others
  if (!first) throw new Error('This takes another member in this tab.')
  return first
}

function stateOf(member: Member): ClientState {
  const { state, name } = member.record
  if (!state) throw new Error(`${name} is not in the group`)
  return state
}

const leafOf = (member: Member): number => stateOf(member).privatePath.leafIndex
