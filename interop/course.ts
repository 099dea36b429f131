import { changeBits, checks, ofAllSizes, pairsOf, refuses, short, whisper } from './checks.js'
import type { LiveGroup } from './live-group.js'
import type { Member, Voice } from './member.js'
import type { Cast } from './suites.js'
import type { Tally } from './tally.js'

export type Name = keyof Cast

interface Step {
  readonly by: Name
  readonly add?: readonly Name[]
  readonly remove?: readonly Name[]
}

/** Olga has founded the group. Each step is a commit, and so an epoch. */
export const course: readonly Step[] = [
  { by: 'Olga', add: ['Tess', 'Tim', 'Otto'] },
  { by: 'Tess' },
  { by: 'Olga' },
  { by: 'Tim' },
  { by: 'Otto' },
  // The last leaf of the tree, so that the tree grows shorter; then one in its middle, which stays blank for an epoch.
  { by: 'Olga', remove: ['Otto'] },
  { by: 'Tess', remove: ['Tim'] },
  { by: 'Tess', add: ['Oscar'] },
  { by: 'Oscar', add: ['Tom'] },
]

/** What an epoch leaves behind for the next. */
interface Past {
  readonly members: readonly Member[]
  readonly voices: readonly Voice[]
  readonly messages: readonly { readonly to: Voice; readonly message: Uint8Array }[]
}

/** Takes the group through all steps, and everybody whispers to everybody in each epoch. */
export async function runCourse(
  group: LiveGroup,
  newcomer: (name: Name) => Promise<Member>,
  tally: Tally,
): Promise<void> {
  const members = new Map<Name, Member>()
  const founder = group.members[0]
  if (founder !== undefined) members.set('Olga', founder)
  const named = (name: Name): Member => {
    const member = members.get(name)
    if (member === undefined) throw new Error(`${name} has not come yet`)
    return member
  }

  let past: Past | undefined
  for (const [i, { by, add = [], remove = [] }] of course.entries()) {
    for (const name of add) members.set(name, await newcomer(name))
    await group.commit(named(by), { add: add.map(named), remove: remove.map(named) })
    const now = await runEpoch(group, tally)
    if (i === 0 || i === course.length - 1) await runThoroughly(now, tally)
    if (past !== undefined) await comparePast(past, now, tally)
    past = now
  }
}

async function runEpoch({ members }: LiveGroup, tally: Tally): Promise<Past> {
  const voices = (await Promise.all(members.map((member) => member.voices()))).flat()
  const messages: { to: Voice; message: Uint8Array }[] = []
  for (const [from, to] of pairsOf(voices)) {
    for (const said of short) {
      await tally.check(checks.whisper(from.revision, from.kind, to.kind), async () => {
        messages.push({ to, message: await whisper(from, to, said) })
      })
    }
  }
  return { members, voices, messages }
}

async function runThoroughly({ voices }: Past, tally: Tally): Promise<void> {
  const pairs = pairsOf(voices.filter(({ revision }) => revision === '01'))
  for (const [from, to] of pairs) {
    for (const said of ofAllSizes) {
      await tally.check(checks.sizes, async () => {
        await whisper(from, to, said)
      })
    }
  }
  const done = new Set<string>()
  for (const [from, to] of pairs) {
    const name = checks.bits(from.kind, to.kind)
    // Each side with what the other sealed.
    if (done.has(name) || (from.kind === 'OpenMLS itself') === (to.kind === 'OpenMLS itself')) continue
    done.add(name)
    await changeBits(tally, from, to)
  }
}

async function comparePast(past: Past, now: Past, tally: Tally): Promise<void> {
  const removed = past.members.filter((member) => !now.members.includes(member))
  const leaves = new Set(removed.map(({ leafIndex }) => leafIndex))
  for (const { to, message } of past.messages) {
    const heir = now.voices.find((voice) => isSame(voice, to))
    if (heir !== undefined && !leaves.has(to.leafIndex)) {
      await tally.check(checks.late, () => refuses(heir, message))
    }
    // OpenMLS keeps nothing of past epochs for targeted messages.
    if (to.kind === 'OpenMLS itself') continue
    await tally.check(checks.kept, async () => {
      await to.open(message)
    })
  }
  for (const voice of past.voices.filter(({ leafIndex }) => leaves.has(leafIndex))) {
    for (const { message } of now.messages) await tally.check(checks.removed, () => refuses(voice, message))
  }
}

const isSame = (one: Voice, other: Voice): boolean =>
  one.leafIndex === other.leafIndex && one.kind === other.kind && one.revision === other.revision
