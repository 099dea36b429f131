// Alice whispers to Bob. The import map of the page says where the modules are.
import { GroupEpoch } from 'mls-targeted-messages'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import { makeGroup } from '../group.js'

const output = /** @type {HTMLOutputElement} */ (document.querySelector('output'))
try {
  const group = await makeGroup()
  const alice = await GroupEpoch.create({ ...fromTsMls(group.alice), revision: '02' })
  const bob = await GroupEpoch.create({ ...fromTsMls(group.bob), revision: '02' })
  const message = await alice.seal({
    recipientLeafIndex: bob.leafIndex,
    applicationData: new TextEncoder().encode('only you can read this'),
  })
  const { senderLeafIndex, applicationData } = await bob.open(message)
  output.textContent = `leaf ${senderLeafIndex} whispers: ${new TextDecoder().decode(applicationData)}`
} catch (error) {
  output.textContent = String(error)
}
