/** The page: opens this tab's members, and shows what goes on. */

import { supportedCipherSuites } from 'mls-targeted-messages'
import { openDelivery } from '../delivery/delivery-service.js'
import { fillSelect, find, make, report } from '../dom.js'
import { whenFree } from '../messenger/hosting.js'
import { Messenger, OpenElsewhere } from '../messenger/messenger.js'
import { rosterOf } from '../messenger/stack.js'
import { type Room, Store } from '../messenger/store.js'
import { keepOffline } from '../offline.js'
import { revisions, suiteIds, suites } from '../scenario/suites.js'
import { Details } from './details.js'
import { MemberView } from './member-view.js'
import { offerThemes } from './theme.js'

const parameters = new URLSearchParams(location.search)
const status = find('status', HTMLParagraphElement)
const members = find('members', HTMLElement)
const add = find('add', HTMLButtonElement)
const newTab = find('new-tab', HTMLAnchorElement)
const suite = find('suite', HTMLSelectElement)
const revision = find('revision', HTMLSelectElement)
const details = new Details(find('details', HTMLDialogElement))

/** Who may still come. */
const others = ['Dave', 'Erin', 'Frank', 'Grace', 'Heidi', 'Ivan', 'Judy']

/** Tells the other tabs that the group they are in is no more. */
const news = new BroadcastChannel('demo rooms')

async function open(): Promise<string> {
  const supported = await supportedCipherSuites()
  const offered = suiteIds.filter((id) => supported.includes(id))
  const store = await Store.open()
  const room = roomOfAddress() ?? (await store.currentRoom()) ?? newRoom(offered[0] ?? 1, '00')
  if (!parameters.has('room')) await store.enterRoom(room)
  showEngine(supported, room)
  const delivery = await openDelivery(parameters, room.id)
  const showDelivery = (): void => {
    find('delivery', HTMLElement).textContent = delivery.status
  }
  delivery.onStatus(showDelivery)
  showDelivery()
  const member = parameters.get('member') ?? undefined
  const messenger = await Messenger.open({ room, store, delivery, member })
  showMessenger(messenger, room)
  find('anew', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    void report(status, 'The group is forgotten …', async () => {
      await messenger.close()
      await delivery.clear()
      await delivery.close()
      await store.forget(room)
      await store.enterRoom(newRoom(chosenSuite(), chosenRevision()))
      news.postMessage(room.id)
      const rest = new URLSearchParams([...parameters].filter(([name]) => name === 'broker'))
      location.search = rest.toString()
      return 'A new group is made …'
    })
  })
  news.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === room.id) void goneRoom(messenger)
  }
  return member
    ? `${member} is here, in a tab of their own.`
    : 'Everything here is real: keys, group, messages.'
}

function showMessenger(messenger: Messenger, room: Room): void {
  const views = new Map<string, MemberView>()
  const act = (action: () => Promise<void>): void =>
    void report(status, '…', async () => {
      await action()
      return ''
    })
  const inspect = (message: Uint8Array, title: string): void => details.show({ message, title, messenger })
  const update = (): void => {
    for (const member of messenger.members) {
      const { name } = member.record
      if (views.has(name)) continue
      views.set(name, new MemberView(member, { act, inspect }))
      member.addEventListener('change', updateFacts)
    }
    members.replaceChildren(
      ...messenger.members.flatMap(({ record }) => views.get(record.name)?.element ?? []),
    )
    updateFacts()
  }
  const updateFacts = (): void => {
    const states = messenger.members.flatMap(({ record }) => record.state ?? [])
    const [newest] = states.sort((a, b) => Number(b.groupContext.epoch - a.groupContext.epoch))
    const roster = newest ? rosterOf(newest).map(({ name }) => name) : []
    find('epoch', HTMLElement).textContent = newest ? String(newest.groupContext.epoch) : '–'
    find('count', HTMLElement).textContent = newest ? String(roster.length) : '–'
    const here = messenger.members.map(({ record }) => record.name)
    const next = others.find((name) => !roster.includes(name) && !here.includes(name))
    offerNext(next, room)
  }
  add.addEventListener('click', () => {
    const name = add.dataset['name']
    if (name) act(() => messenger.join(name))
  })
  messenger.addEventListener('change', update)
  members.ariaBusy = 'false'
  update()
}

function offerNext(name: string | undefined, room: Room): void {
  add.disabled = name === undefined || parameters.has('member')
  newTab.hidden = name === undefined
  if (name === undefined) return
  add.dataset['name'] = name
  add.textContent = `Add ${name} here`
  newTab.textContent = `Open as ${name} in a new tab`
  const address = new URLSearchParams(parameters)
  address.set('member', name)
  address.set('room', room.id)
  address.set('suite', String(room.suite))
  address.set('revision', room.revision)
  newTab.href = `?${address}`
}

function showEngine(supported: readonly number[], room: Room): void {
  const offered = suiteIds.filter((id) => supported.includes(id))
  find('engine', HTMLElement).textContent =
    `This engine runs cipher suites ${supported.join(', ')} in revisions ${revisions.join(', ')} of the draft; ts-mls shares suites ${offered.join(', ')}.`
  fillSelect(
    suite,
    offered.map((id) => [id, `${id}: ${suites[id].short}`] as const),
  )
  fillSelect(
    revision,
    revisions.map((name) => [name, name === '00' ? '00 (default)' : name] as const),
  )
  suite.value = String(room.suite)
  revision.value = room.revision
  find('suite-now', HTMLElement).textContent = String(room.suite)
  find('revision-now', HTMLElement).textContent = room.revision
}

const newRoom = (id: Room['suite'], chosen: Room['revision']): Room => ({
  id: crypto.randomUUID(),
  suite: id,
  revision: chosen,
})

const chosenSuite = (): Room['suite'] => suiteIds.find((id) => String(id) === suite.value) ?? 1
const chosenRevision = (): Room['revision'] => revisions.find((name) => name === revision.value) ?? '00'

/** The one that a link names, for those who come from elsewhere. */
function roomOfAddress(): Room | undefined {
  const id = parameters.get('room')
  const found = suiteIds.find((suiteId) => String(suiteId) === parameters.get('suite'))
  const named = revisions.find((name) => name === parameters.get('revision'))
  return id && found && named ? { id, suite: found, revision: named } : undefined
}

async function goneRoom(messenger: Messenger): Promise<void> {
  await messenger.close()
  members.replaceChildren(
    make('div', 'notice', make('p', '', 'A new group was started in another tab. This one is no more.')),
  )
}

offerThemes(find('theme', HTMLFieldSetElement))
void report(status, 'The group is being made …', async () => {
  try {
    return await open()
  } catch (error) {
    if (!(error instanceof OpenElsewhere)) throw error
    members.replaceChildren(
      make('div', 'notice', make('p', '', `${error.message}. This tab takes over when that one is closed.`)),
    )
    const room = roomOfAddress() ?? (await (await Store.open()).currentRoom())
    if (room) void whenFree(room, error.member).then(() => location.reload())
    return ''
  }
})
void keepOffline()
