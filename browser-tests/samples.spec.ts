/** The samples of the docs that need a browser. tests/documents/samples.test.ts runs the others. */

import { readFileSync } from 'node:fs'
import { oracleSeal } from '../tests/oracle/oracle.js'
import { text } from '../tests/oracle/wire.js'
import { hex } from '../tests/support/hex.js'
import { randomGroup } from '../tests/support/random-group.js'
import { expect, test } from './fixtures.js'
import { memberToJson } from './tasks/member.js'

const page = new URL('../docs/keys-and-epochs.md', import.meta.url)

test('the service worker of docs/keys-and-epochs.md', async ({ driver, openSuite }) => {
  const [, code] = readFileSync(page, 'utf8').match(/^```js\n(.*?)^```/ms) ?? []
  if (code === undefined) throw new Error('the page has no sample in JavaScript')
  const group = await randomGroup({ cipherSuite: 2 })
  const later = { ...group.as(0), epoch: 8n }
  const seal = async (member = group.as(0)): Promise<string> =>
    hex(await oracleSeal(member, { recipientLeafIndex: 1, applicationData: text('only you can read this') }))
  const message = await seal()

  await openSuite()
  const pushed = await driver.run((given) => tasks.runPushSample(library, given), {
    code,
    recipient: memberToJson('02', group.as(1)),
    messages: [message, message, await seal(later), '00'],
  })
  const refused = { title: 'New message', body: 'Open the app to read it' }
  expect(pushed).toEqual([
    { title: 'leaf 0 of epoch 7', body: 'only you can read this', kept: ['only you can read this'] },
    // A replay; one whose commit has not come; none at all.
    { ...refused, kept: [] },
    { ...refused, kept: ['sealed'] },
    { ...refused, kept: [] },
  ])
})
