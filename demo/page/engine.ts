/** What this engine runs, and which of it the next group will use. */

import { supportedCipherSuites } from 'mls-targeted-messages'
import { fillSelect, find } from '../dom.js'
import type { Room } from '../messenger/room.js'
import { isPostQuantum, postQuantumIds, revisions, suiteIds, suites } from '../scenario/suites.js'

const suite = find('suite', HTMLSelectElement)
const revision = find('revision', HTMLSelectElement)

const allIds = [...suiteIds, ...postQuantumIds]

/** Returns the room in which a visitor without one begins. */
export async function offerEngine(): Promise<Room> {
  const supported = await supportedCipherSuites()
  const offered = suiteIds.filter((id) => supported.includes(id))
  const [first] = offered
  if (first === undefined) throw new Error('This engine runs none of the cipher suites of this page.')
  const say = (about: string): void => {
    find('engine', HTMLElement).textContent =
      `This engine runs cipher suites ${supported.join(', ')} and revisions ${revisions.join(', ')} of the draft. ` +
      `With ts-mls, the group can have suites ${offered.join(', ')}, or a post-quantum one${about}.`
  }
  say('')
  fillSelect(suite, [
    ...offered.map((id) => [id, `${id}: ${suites[id].short}`] as const),
    ...postQuantumIds.map((id) => [id, `Post-quantum: ${suites[id].short}`] as const),
  ])
  suite.addEventListener('change', () => void sayHowItRuns(say))
  fillSelect(
    revision,
    revisions.map((name) => [name, name === '00' ? '00 (default)' : name] as const),
  )
  return newRoom(first, '00')
}

/** Loaded only if one is chosen. */
async function sayHowItRuns(say: (about: string) => void): Promise<void> {
  const id = allIds.find((candidate) => String(candidate) === suite.value)
  if (id === undefined || !isPostQuantum(id)) return say('')
  const { isNative } = await import('../messenger/post-quantum.js')
  say(
    `; ${suites[id].short.split(',')[0]} runs here ${(await isNative(id)) ? 'natively' : 'by a plug-in of hpke-js'}`,
  )
}

export function showChosen(room: Room): void {
  suite.value = String(room.suite)
  revision.value = room.revision
  find('suite-now', HTMLElement).textContent = isPostQuantum(room.suite)
    ? (suites[room.suite].short.split(',')[0] ?? '')
    : String(room.suite)
  find('revision-now', HTMLElement).textContent = room.revision
}

export function chosenRoom(): Room {
  const suiteId = allIds.find((id) => String(id) === suite.value)
  const name = revisions.find((candidate) => candidate === revision.value)
  if (!suiteId || !name) throw new Error('Choose a cipher suite and a revision.')
  return newRoom(suiteId, name)
}

const newRoom = (id: Room['suite'], name: Room['revision']): Room => ({
  id: crypto.randomUUID(),
  suite: id,
  revision: name,
})
