// Opens pushed messages, even when no page is open. Import maps do not reach workers, so this names the file itself.
import {
  Inbox,
  TargetedMessageError,
} from '../node_modules/mls-targeted-messages/dist/mls-targeted-messages.min.js'

self.addEventListener('install', () => self.skipWaiting())

self.addEventListener('push', (event) => {
  const message = new Uint8Array(event.data?.arrayBuffer() ?? [])
  // Browsers expect a notification for each push, even if its message is refused.
  event.waitUntil(arrive(message).then((body) => self.registration.showNotification('Whisper', { body })))
})

// The same from a page, which gets the answer.
self.addEventListener('message', (event) => {
  event.waitUntil(arrive(event.data).then((text) => event.ports[0].postMessage(text)))
})

async function arrive(message) {
  // A worker may end after each event, so it opens the inbox again.
  const inbox = await Inbox.open({ database: 'service-worker-example' })
  try {
    // If the worker ends before the whisper is marked, the message can be received again, under the same id.
    const { senderLeafIndex, applicationData } = await inbox.receive(message, { keep })
    return `leaf ${senderLeafIndex} whispers: ${new TextDecoder().decode(applicationData)}`
  } catch (error) {
    if (!(error instanceof TargetedMessageError)) throw error
    return `refused: ${error.code}`
  } finally {
    inbox.close()
  }
}

/** In place of your application's storage, which encrypts what it holds. To put the same id again changes nothing. */
async function keep({ id, applicationData }) {
  const whispers = await caches.open('whispers')
  await whispers.put(`whispers/${id}`, new Response(applicationData))
}
