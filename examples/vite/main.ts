/** Alice whispers to Bob, whose inbox is in IndexedDB: reload the page, and he knows the group before it was made. */

import { GroupEpoch, Inbox } from 'mls-targeted-messages'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import { makeGroup } from '../group.js'

const show = (text: string): void => {
  const output = document.querySelector('output')
  if (output) output.textContent = text
}

try {
  const group = await makeGroup()
  const alice = await GroupEpoch.create(fromTsMls(group.alice))
  const bob = await GroupEpoch.create(fromTsMls(group.bob))
  const message = await alice.seal({
    recipientLeafIndex: bob.leafIndex,
    applicationData: new TextEncoder().encode('only you can read this'),
  })

  const inbox = await Inbox.open({ database: 'example' })
  await inbox.enter(bob)
  const { senderLeafIndex, applicationData } = await inbox.receive(message)
  show(`leaf ${senderLeafIndex} whispers: ${new TextDecoder().decode(applicationData)}`)
} catch (error) {
  show(String(error))
}
