/** The browser is killed at random moments while a page creates databases, enters epochs and receives messages. */

import { setTimeout as delay } from 'node:timers/promises'
import { launch } from '../driver/launch.js'
import { engineNamed } from '../engines/table.js'
import { test } from './fixtures.js'
import { KillRecord } from './kill-record.js'
import { kills } from './kills.js'
import { startLog } from './log-server.js'
import { makeRoom } from './room.js'
import { chooseSeed, seeded } from './seeded.js'
import type { Event } from './tasks/churn.js'

/** Milliseconds after the page began; several epochs are entered in that time. */
const longest = 1_000
const at = { database: 'killed', pastEpochs: 2 }

test(`${kills} kills`, { tag: '@long' }, async ({ pageUrl, profile, report }, { project }) => {
  test.setTimeout(30_000 + kills * 30_000)
  const { name: engine } = engineNamed(project.name)
  const seed = chooseSeed()
  const random = seeded(seed)
  const rooms = [await makeRoom(1), await makeRoom(2)]
  const record = new KillRecord(rooms.map(({ bob }) => bob.groupId))
  const log = await startLog<Event>()
  let browser = await launch(engine, { profile })
  try {
    for (let kill = 1; kill <= kills; kill++) {
      const page = await browser.newPage()
      await page.open(pageUrl)
      const began = log.next()
      const churning = page.run((given) => inboxTasks.churn(given), {
        at,
        rooms,
        from: record.nextEpochs(),
        log: log.url,
      })
      const failed = churning.then(() => Promise.reject(new Error('the page has stopped')))
      // It rejects when the browser is killed, with whatever error the driver has.
      failed.catch(() => undefined)
      await Promise.race([began, failed])
      const wait = random() * longest
      await delay(wait)
      const heard = log.lines.length
      await browser.kill()
      const note = `seed ${seed}, kill ${kill} after ${wait.toFixed(1)} ms and ${heard} events`
      record.add(log.lines.splice(0), heard, note)

      browser = await launch(engine, { profile })
      const again = await browser.newPage()
      await again.open(pageUrl)
      const before = kill === kills ? record.everything() : record.latest()
      const survived = await again.run((given) => inboxTasks.checkAfterKill(given), {
        at,
        rooms,
        ...before,
      })
      record.check(survived, at.pastEpochs, note)
      await again.close()
    }
  } finally {
    await browser.close()
    await log.close()
  }
  console.log(`${engine}: seed ${seed}, ${record.summary()}`)
  report('Platform', 'an inbox outlives kills', `${kills} of ${kills}`)
})
