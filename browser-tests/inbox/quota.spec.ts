/** Full storage: what does not fit is refused, nothing is half-written, and what was stored before still works. */

import { engineNamed } from '../engines/table.js'
import { expect, test } from './fixtures.js'
import { makeRoom } from './room.js'
import { canLimit, smallQuota } from './small-quota.js'

/** An epoch's record is about as large as its group context. */
const recordLength = 300_000
const quota = 3_000_000
const at = { database: 'full', pastEpochs: 16 }

test('a full disk', async ({ pageUrl, profile, report }, { project }) => {
  const { name } = engineNamed(project.name)
  test.skip(!canLimit(name), "Playwright's WebKit has no limit of storage that can be set")
  const { alice, bob } = await makeRoom(2, { contextLength: recordLength })
  const small = await smallQuota[name]({ profile, pageUrl, tasksUrl: pageUrl, bytes: quota })
  try {
    const { page } = small
    expect(await page.run((given) => inboxTasks.enter(given), { at, member: bob, epoch: 1 })).toBe('entered')
    // What fits is entered; the first that does not is refused.
    const times = 40
    const grown = await page.run((given) => inboxTasks.outgrow(given), { at, member: bob, from: 2, times })
    expect(grown.outcome).toBe('storage')
    expect(grown.epoch).toBeLessThan(17)

    // All that was entered is there, and nothing of what was refused.
    const entered = Array.from({ length: grown.epoch - 1 }, (_, i) => `${bob.groupId} ${i + 1}`).sort()
    const kept = await page.run((name) => inboxTasks.contents(name), at.database)
    expect(kept).toEqual({ groups: entered, records: entered, marks: [] })

    // A message is released if it can be marked, and not otherwise.
    const texts = Array.from({ length: 10 }, (_, i) => `${i}`)
    const epoch = grown.epoch - 1
    const messages = await page.run((given) => inboxTasks.seal(given), { member: alice, epoch, texts })
    const full = await page.run((given) => inboxTasks.receiveAll(given), { at, messages })
    for (const [i, outcome] of full.entries()) expect(['storage', `released ${i}`]).toContain(outcome)

    const roomy = await small.release()
    const after = await roomy.run((given) => inboxTasks.receiveAll(given), { at, messages })
    expect(after).toEqual(full.map((outcome, i) => (outcome === 'storage' ? `released ${i}` : 'replay')))
    expect(await roomy.run((given) => inboxTasks.enter(given), { at, member: bob, epoch: grown.epoch })).toBe(
      'entered',
    )
    const refused = full.filter((outcome) => outcome === 'storage').length
    report(
      'Platform',
      'a full disk is refused',
      refused === 0 ? 'epochs; small marks still fit' : 'epochs and marks',
    )
  } finally {
    await small.close()
  }
})
