/** Alice whispers to Bob. His inbox is in IndexedDB: after a reload it still has the groups of earlier loads. */

import { GroupEpoch, Inbox } from 'mls-targeted-messages'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import { makeGroup } from '../group.js'

const show = (text: string): void => {
  const output = document.querySelector('output')
  if (output) output.textContent = text
}

try {
  const group = await makeGroup()
  const alice = await GroupEpoch.create({ ...fromTsMls(group.alice), revision: '02' })
  const bob = await GroupEpoch.create({ ...fromTsMls(group.bob), revision: '02' })
  const message = await alice.seal({
    recipientLeafIndex: bob.leafIndex,
    applicationData: new TextEncoder().encode('only you can read this'),
  })

  const inbox = await Inbox.open({ database: 'example' })
  await inbox.enter(bob)
  await inbox.receive(message, {
    // In place of your application's storage: marked when this has resolved.
    keep: ({ senderLeafIndex, applicationData }) =>
      show(`leaf ${senderLeafIndex} whispers: ${new TextDecoder().decode(applicationData)}`),
  })
} catch (error) {
  show(String(error))
}
