// Alice whispers to Bob. Bob's program ends meanwhile, and is started again: his epoch was in a file.
import { readFile, writeFile } from 'node:fs/promises'
import { deserialize, serialize } from 'node:v8'
import { GroupEpoch, Inbox } from 'mls-targeted-messages'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import { makeGroup } from '../group.js'

const [file = 'bob.epoch'] = process.argv.slice(2)
const group = await makeGroup()

// With a storageKey a record holds no CryptoKey, and can be serialized. Keep the key somewhere else than the record.
const storageKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
  'encrypt',
  'unwrapKey',
])
const captured = await GroupEpoch.create({ ...fromTsMls(group.bob), revision: '02', storageKey })
await writeFile(file, serialize(captured.export()), { mode: 0o600 })

const alice = await GroupEpoch.create({ ...fromTsMls(group.alice), revision: '02' })
const message = await alice.seal({
  recipientLeafIndex: captured.leafIndex,
  applicationData: new TextEncoder().encode('only you can read this'),
})

// Node has no IndexedDB, so an inbox is in memory: it knows replays for as long as the program runs.
const inbox = await Inbox.open({ storageKey })
await inbox.enter(await GroupEpoch.from(deserialize(await readFile(file)), { storageKey }))
await inbox.receive(message, {
  // In place of your application's storage: marked when this has resolved.
  keep: ({ senderLeafIndex, applicationData }) =>
    console.log(`leaf ${senderLeafIndex} whispers: ${new TextDecoder().decode(applicationData)}`),
})
