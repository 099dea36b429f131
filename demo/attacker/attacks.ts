/** What an attacker tries with a message. Each attempt ends at a member, who refuses it or not. Nothing in the group changes. */

import {
  GroupEpoch,
  Inbox,
  type InspectedField,
  readHeader,
  type TargetedMessageError,
} from 'mls-targeted-messages'
import type { Member } from '../messenger/member.js'
import { nameAt } from '../messenger/record.js'
import type { Room } from '../messenger/room.js'
import { type ClientState, type Stack, viewOf } from '../messenger/stack.js'
import { pastEpochs } from '../messenger/tools.js'
import { impostor, outsider, readdressed, tampered } from '../scenario/attacks.js'
import { commit, makeGroup } from '../scenario/group.js'

export interface Target {
  readonly message: Uint8Array
  readonly room: Room
  readonly stack: Stack
  readonly recipient: Member
  /** The other members of this tab that are in the group, as accomplices. */
  readonly others: readonly Member[]
}

/** An attempt. Without an error, the message was opened. */
export interface Outcome {
  readonly what: string
  readonly error: Pick<TargetedMessageError, 'code' | 'message'> | undefined
}

export interface Attack {
  readonly id: string
  readonly label: string
  readonly explanation: string
  readonly run: (target: Target) => Promise<Outcome>
}

/** One bit of a field is changed on the way. */
export const tamper = ({ message, recipient }: Target, field: InspectedField): Promise<Outcome> =>
  outcome(`One bit of ${field.name} turned`, recipient, tampered(message, field))

export const attacks: readonly Attack[] = [
  {
    id: 'replay',
    label: 'Replay it',
    explanation: 'The delivery service delivers the message once more.',
    run: ({ message, recipient }) => {
      const isDelivered = recipient.record.conversation.some(
        (entry) => entry.kind === 'heard' && String(entry.message) === String(message),
      )
      if (!isDelivered) throw new Error('It was not delivered yet: there is nothing to replay.')
      return outcome(`${recipient.record.name} gets it again`, recipient, message)
    },
  },
  {
    id: 'forge-member',
    label: 'Forge the sender, as a member',
    explanation: 'A member, who has the group’s secrets, seals a message and claims another member’s leaf.',
    run: async ({ recipient, others, room, stack }) => {
      const forger = accomplice(others)
      const view = viewOf(stateOf(forger), stack)
      const claimed = view.members.find(
        ({ leafIndex }) => leafIndex !== view.self.leafIndex && leafIndex !== leafOf(recipient),
      )
      if (!claimed) throw new Error('Forging takes a third member in this tab.')
      const epoch = await GroupEpoch.create({
        revision: room.revision,
        ...impostor(view, claimed.leafIndex, view),
      })
      const what = `${forger.record.name} claims to be ${nameNow(forger, claimed.leafIndex)}`
      return outcome(what, recipient, await forged(epoch, leafOf(recipient)))
    },
  },
  {
    id: 'forge-outsider',
    label: 'Forge the sender, from outside',
    explanation: 'Mallory, who is in no group with them, knows all public keys, and guesses the secret.',
    run: async ({ recipient, room, stack }) => {
      const view = viewOf(stateOf(recipient), stack)
      const claimed = view.members.find(({ leafIndex }) => leafIndex !== view.self.leafIndex)
      if (!claimed) throw new Error('There is nobody whose leaf Mallory could claim.')
      const mallory = await makeGroup(room.suite, ['Mallory'])
      const [own] = mallory.states.map((malloryState) => viewOf(malloryState, stack))
      if (!own) throw new Error('Mallory has no keys')
      const epoch = await GroupEpoch.create({
        revision: room.revision,
        ...outsider(view, claimed.leafIndex, own),
      })
      const what = `Mallory claims to be ${nameNow(recipient, claimed.leafIndex)}`
      return outcome(what, recipient, await forged(epoch, leafOf(recipient)))
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
    explanation: `In a group of two beside this one, a message arrives after ${pastEpochs + 1} commits: its keys are deleted.`,
    run: async ({ room: { suite, revision }, stack }) => {
      let group = await makeGroup(suite, ['Alice', 'Bob'])
      const inbox = await Inbox.open({ pastEpochs, cipherSuites: stack.cipherSuites })
      const epochAt = (leafIndex: number): Promise<GroupEpoch> => {
        const state = group.states[leafIndex]
        if (!state) throw new Error(`leaf ${leafIndex} is blank`)
        return GroupEpoch.create({ revision, ...viewOf(state, stack) })
      }
      await inbox.enter(await epochAt(1))
      const message = await forged(await epochAt(0), 1)
      for (let i = 0; i <= pastEpochs; i++) {
        group = await commit(group, 0)
        await inbox.enter(await epochAt(1))
      }
      const error = await inbox.receive(message).then(
        () => undefined,
        (reason: TargetedMessageError) => reason,
      )
      return { what: `A message of epoch ${readHeader(message).epoch} arrives late`, error }
    },
  },
]

const forged = (epoch: GroupEpoch, recipientLeafIndex: number): Promise<Uint8Array> =>
  epoch.seal({ recipientLeafIndex, applicationData: new TextEncoder().encode('Trust me.') })

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

const nameNow = (member: Member, leafIndex: number): string =>
  nameAt(member.record, stateOf(member).groupContext.epoch, leafIndex)
