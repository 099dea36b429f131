import {
  createApplicationMessage,
  decodeMlsMessage,
  emptyPskIndex,
  encodeMlsMessage,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  type PrivateMessage,
  processPrivateMessage,
} from 'ts-mls'
import { createMlsGroup, stateOf, tsMls1 } from '../tests/support/groups/groups.js'
import { suiteNames } from '../tests/support/groups/stack.js'
import { persistently } from '../tests/support/persistently.js'
import type { Candidate, Maker } from './candidate.js'
import { type Bytes, randomBytes, type World, type WorldSuite } from './world.js'

type State = Parameters<typeof createApplicationMessage>[0]
type Suite = Parameters<typeof createApplicationMessage>[2]

/** What messengers can do today: make a new group for the two members. */
export const newGroup: Maker<WorldSuite> = async (world) => {
  const talk = newGroupOfTwo(world, await suiteOf(world))
  return [
    {
      name: 'ts-mls: new group of two, one message',
      operation: 'both ends',
      bytes: await persistently(talk),
      run: () => persistently(talk),
      oneAtATime: true,
    },
  ] satisfies Candidate[]
}

/**
 * The other thing that messengers can do today: send a message that the whole group can read. It is sent once and received
 * once here; in a group, every other member receives it too.
 */
export const wholeGroup: Maker<WorldSuite> = async (world) => {
  const suite = await suiteOf(world)
  const cipherSuite = idOf(world)
  const group = await createMlsGroup({ stack: tsMls1, cipherSuite, members: ['alice', 'bob'] })
  let alice = stateOf(group, 'alice')
  let bob = stateOf(group, 'bob')
  const tellAll = async (): Promise<number> => {
    const sent = await send(alice, world.data, suite)
    alice = sent.state
    bob = await receive(bob, sent.message, suite)
    return sent.message.length
  }
  return [
    {
      name: 'ts-mls: message to the whole group',
      operation: 'both ends',
      bytes: await tellAll(),
      run: tellAll,
      oneAtATime: true,
    },
  ] satisfies Candidate[]
}

const measured = [1, 2, 79, 83] as const

function idOf({ suite: { id } }: World<WorldSuite>): (typeof measured)[number] {
  const found = measured.find((one) => one === id)
  if (found === undefined) throw new Error(`suite ${id} is not measured`)
  return found
}

const suiteOf = (world: World<WorldSuite>): Promise<Suite> =>
  getCiphersuiteImpl(getCiphersuiteFromName(suiteNames[idOf(world)]))

/**
 * Bob's KeyPackage, Alice's group, commit and Welcome, Bob's joining, and the message, each as it travels. Returns the
 * bytes of KeyPackage, Welcome and message; the commit is for nobody.
 */
const newGroupOfTwo = (world: World<WorldSuite>, suite: Suite) => {
  const { data } = world
  const client = tsMls1.client(idOf(world))
  return async (): Promise<number> => {
    const { newcomer, commit } = await client
    const [alice, bob] = [await newcomer('alice'), await newcomer('bob')]
    const created = await alice.create(randomBytes(16))
    const { state, welcome = new Uint8Array() } = await commit(created, [bob.keyPackage], [])
    const sent = await send(state, data, suite)
    await receive(await bob.join(welcome), sent.message, suite)
    return bob.keyPackage.length + welcome.length + sent.message.length
  }
}

async function send(state: State, data: Bytes, suite: Suite) {
  const { newState, privateMessage } = await createApplicationMessage(state, data, suite)
  const message = encodeMlsMessage({ version: 'mls10', wireformat: 'mls_private_message', privateMessage })
  return { state: newState, message }
}

async function receive(state: State, message: Uint8Array, suite: Suite): Promise<State> {
  const result = await processPrivateMessage(state, privateMessageOf(message), emptyPskIndex, suite)
  if (result.kind !== 'applicationMessage') throw new Error('not an application message')
  return result.newState
}

function privateMessageOf(message: Uint8Array): PrivateMessage {
  const [decoded] = decodeMlsMessage(message, 0) ?? []
  if (decoded?.wireformat !== 'mls_private_message') throw new Error('not a private message')
  return decoded.privateMessage
}
