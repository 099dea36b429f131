/** The group that this tab has open, until another one is opened or it ends. */

import type { DeliveryService } from '../delivery/delivery-service.js'
import { openDelivery } from '../delivery/open-delivery.js'
import { find, report } from '../dom.js'
import { whenFree } from '../messenger/claims.js'
import { Messenger } from '../messenger/messenger.js'
import type { Room } from '../messenger/room.js'
import { OpenElsewhere } from '../messenger/seat.js'
import { Store } from '../storage/store.js'
import { forget, goneRooms, sweep } from '../storage/sweep.js'
import { leaveRoomOfAddress, memberOfAddress, parameters, roomOfAddress } from './address.js'
import { showChosen } from './engine.js'
import { GroupView } from './group-view.js'
import { notice, type Way } from './notice.js'

const status = find('status', HTMLParagraphElement)
const deliveryStatus = find('delivery', HTMLElement)

const statusTexts = { connecting: 'connecting …', online: 'online', offline: 'offline: messages wait' }

interface Running {
  readonly store: Store
  readonly room: Room
  readonly messenger: Messenger
  readonly delivery: DeliveryService
  readonly view: GroupView
}

let running: Running | undefined
let opened: Store | undefined

const toThePage: Way = {
  label: 'Open the group that is there now',
  go: () => {
    leaveRoomOfAddress()
    location.reload()
  },
}

async function openStore(): Promise<Store> {
  if (opened && !opened.lost.aborted) return opened
  const store = await Store.open()
  store.lost.addEventListener('abort', () => void stop(lost, { ...toThePage, label: 'Start again' }))
  opened = store
  return store
}

const lost = 'What this browser had stored was deleted, and with it this group.'

/** The group of the address, or the one that was open last, or a new one. */
export async function start(first: Room): Promise<string> {
  const store = await openStore()
  // Two tabs that are opened at the same time must find the same group.
  const room = await navigator.locks.request('demo rooms', async () => {
    const known = roomOfAddress() ?? (await store.currentRoom())
    if (known) return known
    await store.enterRoom(first)
    return first
  })
  if (await store.isGone(room)) return gone()
  void sweep(store).catch(reportError)
  return open(store, room)
}

/** Even if the old group could not be opened. */
export async function startAnew(next: Room): Promise<string> {
  const store = await openStore()
  const old = running?.room ?? roomOfAddress() ?? (await store.currentRoom())
  await close()
  await (old ? forget(old, { store, next }) : store.enterRoom(next))
  leaveRoomOfAddress()
  return open(store, next)
}

async function open(store: Store, room: Room): Promise<string> {
  showChosen(room)
  const member = memberOfAddress()
  const delivery = await openDelivery(parameters(), room.id)
  try {
    const messenger = await Messenger.open({ room, store, delivery, member })
    running = { store, room, messenger, delivery, view: new GroupView(messenger) }
  } catch (error) {
    await delivery.close()
    if (!(error instanceof OpenElsewhere)) throw error
    notice(`${error.message}. This tab takes over when that one is closed.`)
    void takeOver(store, room, error.member)
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

async function takeOver(store: Store, room: Room, member: string): Promise<void> {
  await whenFree(room, member)
  // The visitor may have begun something else meanwhile.
  if (running) return
  await report(status, 'Taking over …', async () => ((await store.isGone(room)) ? gone() : open(store, room)))
}

function gone(): string {
  notice('A new group was started; this one is no more.', toThePage)
  return ''
}

async function close(): Promise<void> {
  const was = running
  running = undefined
  was?.view.close()
  await was?.messenger.close()
  await was?.delivery.close()
}

async function stop(text: string, way: Way): Promise<void> {
  const closing = close()
  notice(text, way)
  status.textContent = ''
  await closing
}

goneRooms.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (data === running?.room.id)
    void stop('A new group was started in another tab; this one is no more.', toThePage)
})
