// Bob enters an epoch, Alice whispers, and Bob's service worker receives: the two share the database of the inbox.
import { GroupEpoch, Inbox } from 'mls-targeted-messages'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import { makeGroup } from '../group.js'

const output = /** @type {HTMLOutputElement} */ (document.querySelector('output'))
try {
  await navigator.serviceWorker.register('worker.js', { type: 'module' })
  const { active } = await navigator.serviceWorker.ready

  const group = await makeGroup()
  const bob = await GroupEpoch.create({ ...fromTsMls(group.bob), revision: '02' })
  const inbox = await Inbox.open({ database: 'service-worker-example' })
  await inbox.enter(bob)

  const alice = await GroupEpoch.create({ ...fromTsMls(group.alice), revision: '02' })
  const message = await alice.seal({
    recipientLeafIndex: bob.leafIndex,
    applicationData: new TextEncoder().encode('only you can read this'),
  })

  // In place of your push service: the worker takes a push and a message from the page alike.
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data }) => {
    output.textContent = data
  }
  active?.postMessage(message, [port2])
} catch (error) {
  output.textContent = String(error)
}
