/** What 1,000,000 messages of one epoch cost. It runs with SLOW=1 alone, and asserts the size. */

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { launch } from '../driver/launch.js'
import { engineNamed } from '../engines/table.js'
import { expect, test } from './fixtures.js'
import { makeRoom } from './room.js'

const full = { database: 'full', pastEpochs: 0 }
const empty = { database: 'empty', pastEpochs: 0 }

if (process.env['SLOW']) {
  test('1,000,000 marks', { tag: '@long' }, async ({ pageUrl, profile }, { project }) => {
    test.setTimeout(900_000)
    const { name: engine } = engineNamed(project.name)
    const rooms = [await makeRoom(2), await makeRoom(2)] as const
    const inboxes = [
      { at: empty, room: rooms[0] },
      { at: full, room: rooms[1] },
    ]

    const first = await launch(engine, { profile })
    try {
      const page = await first.newPage()
      await page.open(pageUrl)
      for (const { at, room } of inboxes) {
        await page.run((given) => inboxTasks.enter(given), { at, member: room.bob, epoch: 1 })
      }
    } finally {
      await first.close()
    }
    const before = sizeOf(profile)

    const second = await launch(engine, { profile })
    let figures: readonly string[]
    try {
      const page = await second.newPage()
      await page.open(pageUrl)
      const { noteMs, loadMs } = await page.run((given) => inboxTasks.fillMarks(given), {
        database: full.database,
        groupId: rooms[1].bob.groupId,
        epoch: 1,
        backlog: 975_000,
        noted: 25_600,
      })
      const open = sizeOf(profile) - before
      const compared = await page.run((given) => inboxTasks.compare(given), { inboxes, epoch: 1, rounds: 60 })
      expect(compared.refused).toEqual([])
      const [without = 0, withMarks = 0] = compared.receiveMs
      figures = [
        `${(open / 1e6).toFixed(1)} MB while open`,
        `a mark ${noteMs.toFixed(2)} ms`,
        `the first message after opening ${loadMs.toFixed(0)} ms`,
        `receive ${without.toFixed(2)} ms without and ${withMarks.toFixed(2)} ms with the marks, ratio ${(withMarks / without).toFixed(2)}`,
      ]
    } finally {
      await second.close()
    }
    const closed = sizeOf(profile) - before

    const third = await launch(engine, { profile })
    try {
      const page = await third.newPage()
      await page.open(pageUrl)
      const began = performance.now()
      await page.run((given) => inboxTasks.enter(given), { at: full, member: rooms[1].bob, epoch: 2 })
      const taken = (performance.now() - began).toFixed(0)
      const kept = await page.run((name) => inboxTasks.contents(name), full.database)
      expect(kept.marks).toEqual([])
      console.log(
        `${engine}: ${[`${(closed / 1e6).toFixed(1)} MB closed`, ...figures, `entering the next epoch ${taken} ms`].join('; ')}`,
      )
    } finally {
      await third.close()
    }
    expect(closed).toBeLessThan(64_000_000)
  })
}

function sizeOf(directory: string): number {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + sizeOfFile(join(parentPath, name)), 0)
}

/** A running browser deletes files while we read them. */
const sizeOfFile = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
