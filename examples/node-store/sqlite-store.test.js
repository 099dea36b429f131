// node --test: what every store must do, run on this one; and an inbox that is opened again.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { GroupEpoch, Inbox } from 'mls-targeted-messages'
import { inboxStoreContract } from 'mls-targeted-messages/inbox-store'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import { makeGroup } from '../group.js'
import { SqliteStore } from './sqlite-store.js'

const directory = mkdtempSync(join(tmpdir(), 'inbox-'))
after(() => rmSync(directory, { recursive: true }))

describe('SqliteStore, by the contract of stores', () => {
  for (const [i, { name, check }] of inboxStoreContract.entries()) {
    test(name, () => check(async () => new SqliteStore(join(directory, `contract-${i}.sqlite`))))
  }
})

test('an inbox that is opened again knows its epoch and what it received', async () => {
  const file = join(directory, 'bob.sqlite')
  const { alice, bob } = await makeGroup()
  const storageKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'unwrapKey',
  ])
  const first = await Inbox.open({ store: new SqliteStore(file), storageKey, pastEpochs: 1 })
  await first.enter(await GroupEpoch.create({ ...fromTsMls(bob), revision: '02', storageKey }))
  const sender = await GroupEpoch.create({ ...fromTsMls(alice), revision: '02' })
  const seal = () =>
    sender.seal({ recipientLeafIndex: 1, applicationData: new TextEncoder().encode('hello') })
  const [early, late] = [await seal(), await seal()]
  await first.receive(early)
  first.close()

  const again = await Inbox.open({ store: new SqliteStore(file), storageKey })
  await assert.rejects(again.receive(early), { code: 'replay' })
  const { applicationData } = await again.receive(late)
  assert.equal(new TextDecoder().decode(applicationData), 'hello')
  again.close()
  await assert.rejects(again.receive(late), { code: 'storage' })
})
