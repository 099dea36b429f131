/** Opens what is pushed to Bob, even with no page open, and shows who it is from. */

import { arrive } from './arrive.js'
import { type Arrival, channelName } from './shelf.js'
import type { PostEvent, PushEvent, WorkerScope } from './worker-scope.js'

declare const self: WorkerScope

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()))
self.addEventListener('push', onPush)
self.addEventListener('message', onPush)

/** For a push, and for a message from the page that plays the push service and waits for an answer. */
function onPush(event: PushEvent | PostEvent): void {
  const message = messageOf(event)
  if (!message) return
  const [port] = event.type === 'push' ? [] : event.ports
  event.waitUntil(arriveByPush(message).then((arrival) => port?.postMessage(arrival)))
}

function messageOf(event: PushEvent | PostEvent): Uint8Array | undefined {
  if (event.type === 'push') return new Uint8Array(event.data?.arrayBuffer() ?? [])
  const { data } = event
  const isPush = typeof data === 'object' && data !== null && 'type' in data && data.type === 'push'
  return isPush && 'message' in data && data.message instanceof Uint8Array ? data.message : undefined
}

async function arriveByPush(message: Uint8Array): Promise<Arrival> {
  const arrival = await arrive(message, await openPages())
  await notify(arrival)
  const channel = new BroadcastChannel(channelName)
  channel.postMessage('an arrival')
  channel.close()
  return arrival
}

async function openPages(): Promise<number> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  return pages.filter(({ url }) => url.startsWith(self.registration.scope)).length
}

/** Shown for refused messages too, because browsers withdraw push from sites that show nothing. */
async function notify(arrival: Arrival): Promise<void> {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return
  const [title, body] =
    'refused' in arrival ? ['A message was not opened', arrival.why] : [arrival.from, arrival.text]
  await self.registration.showNotification(title, { body })
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow('push.html'))
})
