// The same with a group of ts-mls, which brings packages of its own. It prints what it heard.
import { GroupEpoch } from 'mls-targeted-messages'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import { makeGroup } from './examples/group.js'

const group = await makeGroup()
const alice = await GroupEpoch.create(fromTsMls(group.alice))
const bob = await GroupEpoch.create(fromTsMls(group.bob))
const applicationData = new TextEncoder().encode('only you can read this')
const { senderLeafIndex } = await bob.open(await alice.seal({ recipientLeafIndex: 1, applicationData }))
console.log(JSON.stringify({ senderLeafIndex }))
