/** The page: opens this tab's members, and begins anew when the visitor wants another group. */

import { type DeliveryService, openDelivery } from '../delivery/delivery-service.js'
import { find, make, report } from '../dom.js'
import { whenFree } from '../messenger/hosting.js'
import { Messenger, OpenElsewhere } from '../messenger/messenger.js'
import { type Room, Store } from '../messenger/store.js'
import { keepOffline } from '../offline.js'
import { leaveRoomOfAddress, memberOfAddress, parameters, roomOfAddress } from './address.js'
import { chosenRoom, offerEngine, showChosen } from './engine.js'
import { GroupView } from './group-view.js'
import { offerThemes } from './theme.js'

const status = find('status', HTMLParagraphElement)
const members = find('members', HTMLElement)
const deliveryStatus = find('delivery', HTMLElement)

const statusTexts = { connecting: 'connecting …', online: 'online', offline: 'offline: messages wait' }

/** What this tab has open. */
interface Running {
  readonly store: Store
  readonly room: Room
  readonly messenger: Messenger
  readonly delivery: DeliveryService
}

/** Columns that wait for members, as the page comes with them. */
const skeletons = [...members.children]

let running: Running | undefined

/** Tells the other tabs which group is no more. */
const goneRooms = new BroadcastChannel('demo rooms')

async function start(): Promise<string> {
  const [first, store] = await Promise.all([offerEngine(), Store.open()])
  const room = roomOfAddress() ?? (await store.currentRoom()) ?? first
  if (!roomOfAddress()) await store.enterRoom(room)
  return open(store, room)
}

async function open(store: Store, room: Room): Promise<string> {
  showChosen(room)
  const member = memberOfAddress()
  const delivery = await openDelivery(parameters(), room.id)
  try {
    const messenger = await Messenger.open({ room, store, delivery, member })
    running = { store, room, messenger, delivery }
    new GroupView(messenger)
  } catch (error) {
    await delivery.close()
    if (!(error instanceof OpenElsewhere)) throw error
    notice(`${error.message}. This tab takes over when that one is closed.`)
    void whenFree(room, error.member).then(() => report(status, 'Taking over …', () => open(store, room)))
    return ''
  }
  const showDelivery = (): void => {
    deliveryStatus.textContent = statusTexts[delivery.status]
    deliveryStatus.dataset['status'] = delivery.status
  }
  delivery.onStatus(showDelivery)
  showDelivery()
  return member
    ? `${member} lives in this tab. The others are elsewhere.`
    : 'Try it: tick Bob under Alice’s conversation, and whisper something to him.'
}

/** Also where the old group could not be opened. */
async function startAnew(): Promise<string> {
  const next = chosenRoom()
  const store = running?.store ?? (await Store.open())
  members.replaceChildren(...skeletons)
  members.ariaBusy = 'true'
  if (running) await forget(running)
  await store.enterRoom(next)
  leaveRoomOfAddress()
  return open(store, next)
}

async function forget({ store, room, messenger, delivery }: Running): Promise<void> {
  running = undefined
  await messenger.close()
  await delivery.clear()
  await delivery.close()
  goneRooms.postMessage(room.id)
  await store.forget(room)
}

async function groupIsGone(): Promise<void> {
  if (!running) return
  const { messenger, delivery } = running
  running = undefined
  await messenger.close()
  await delivery.close()
  notice('A new group was started in another tab; this one is no more.')
}

function notice(text: string): void {
  members.replaceChildren(make('p', 'notice', text))
  members.ariaBusy = 'false'
}

goneRooms.onmessage = ({ data }: MessageEvent<unknown>) => {
  if (data === running?.room.id) void groupIsGone()
}
find('anew', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault()
  void report(status, 'A new group is being made …', startAnew)
})
// A page that comes back as it was has no connection, what it was doing was undone, and others may have its members.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload()
})
offerThemes(find('theme', HTMLFieldSetElement))
void report(status, 'The group is being made …', async () => {
  try {
    return await start()
  } catch (error) {
    notice('The group could not be opened; the reason stands above. If it stays, start a new group below.')
    throw error
  }
})
void keepOffline()
