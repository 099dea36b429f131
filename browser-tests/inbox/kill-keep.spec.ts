/**
 * An application keeps messages in a database of its own, by id, in two tabs that get the same messages. The browser is
 * killed at random moments, or in the middle of `keep`, or one of the tabs is closed there; what was not acknowledged is
 * delivered again.
 */

import { setTimeout as delay } from 'node:timers/promises'
import { launch } from '../driver/launch.js'
import { engineNamed } from '../engines/table.js'
import { expect, type PageDriver, test } from './fixtures.js'
import { kills } from './kills.js'
import { startLog } from './log-server.js'
import { Mailbox } from './mailbox.js'
import { makeRoom } from './room.js'
import { chooseSeed, seeded } from './seeded.js'
import type { KeptEvent } from './tasks/kept.js'

const at = { database: 'killed', pastEpochs: 1 }
/** Milliseconds after the messages were delivered; all are kept in that time. */
const longest = 600
/** Milliseconds after a `keep` has begun; it may have ended then. */
const longestInKeep = 30

const isKeeping = ({ what }: KeptEvent): boolean => what === 'keeping'

/** What is killed, in turn. */
const targets = ['the browser in keep', 'a tab in keep', 'the browser'] as const

test(
  `${kills} kills while messages are kept`,
  { tag: kills > 2 ? '@long' : [] },
  async ({ pageUrl, profile, report }, { project }) => {
    test.setTimeout(60_000 + kills * 60_000)
    const { name: engine } = engineNamed(project.name)
    const seed = chooseSeed()
    const random = seeded(seed)
    const rooms = [await makeRoom(1), await makeRoom(2)]
    const log = await startLog<KeptEvent>()
    const mailbox = new Mailbox(rooms, log)
    const figures = { kept: 0, replay: 0 }
    let browser = await launch(engine, { profile })
    const openTab = async (): Promise<PageDriver> => {
      const page = await browser.newPage()
      await page.open(pageUrl)
      return page
    }
    const entering = (epoch: number) => rooms.map(({ bob: member }) => ({ at, member, epoch }))
    const epochsOf = (epochs: readonly number[]): string[] =>
      rooms.flatMap(({ bob }) => epochs.map((epoch) => `${bob.groupId} ${epoch}`)).sort()
    const deliver = (page: PageDriver, tab: string, epoch: number | undefined): Promise<void> =>
      page.run((given) => inboxTasks.startDelivering(given), {
        at,
        tab,
        log: log.url,
        messages: mailbox.unacknowledged,
        entering: epoch === undefined ? [] : entering(epoch),
      })

    try {
      let tabs = [await openTab(), await openTab()] as const
      const enterAll = async (epoch: number): Promise<void> => {
        for (const given of entering(epoch)) {
          expect(await tabs[0].run((one) => inboxTasks.enter(one), given)).toBe('entered')
        }
      }
      await enterAll(1)
      for (let kill = 1; kill <= kills; kill++) {
        const target = targets[(kill - 1) % targets.length]
        const wait = random() * (target === 'the browser' ? longest : longestInKeep)
        const note = `seed ${seed}, kill ${kill} of ${target} after ${wait.toFixed(1)} ms`
        // The next epoch is entered while messages of both come in.
        await mailbox.seal([kill, kill + 1])
        const order = random() < 0.5 ? ([0, 1] as const) : ([1, 0] as const)
        for (const [i, which] of order.entries()) {
          await deliver(tabs[which], `${kill}.${which}`, i === 0 ? kill + 1 : undefined)
        }
        const keeping = target === 'the browser' ? undefined : await mailbox.heard(isKeeping)
        await delay(wait)
        const alive = log.lines.length
        if (target === 'a tab in keep') {
          // The tab that keeps. The other one receives everything without a second delivery.
          const tab = keeping?.tab ?? ''
          const [doomed, other] = tab === `${kill}.0` ? tabs : ([tabs[1], tabs[0]] as const)
          await doomed.close()
          mailbox.takeIn(alive, note)
          mailbox.close(tab)
          tabs = [other, await openTab()]
          await enterAll(kill + 1)
          while (mailbox.unacknowledged.length > 0) {
            await mailbox.heard(({ what }) => what === 'acknowledged')
            mailbox.takeIn(log.lines.length, note)
          }
        } else {
          await browser.kill()
          mailbox.takeIn(alive, note)
          browser = await launch(engine, { profile })
          tabs = [await openTab(), await openTab()]
        }

        const [first] = tabs
        expect(await first.run((given) => inboxTasks.open(given), at), note).toBe('opened')
        const before = await first.run((name) => inboxTasks.contents(name), at.database)
        expect(before.records, note).toEqual(before.groups)
        const inWindow = [
          [kill - 1, kill],
          [kill, kill + 1],
        ].map(epochsOf)
        for (const name of before.groups) expect(inWindow.flat(), note).toContain(name)
        for (const { bob } of rooms) {
          const kept = before.groups.filter((name) => name.startsWith(bob.groupId))
          expect(kept.length, note).toBeGreaterThan(0)
          expect(kept.length, note).toBeLessThanOrEqual(1 + at.pastEpochs)
        }
        expect(before.groups, note).toEqual(expect.arrayContaining([...before.marks]))

        await enterAll(kill + 1)
        const messages = mailbox.unacknowledged
        const outcomes = await first.run((given) => inboxTasks.deliverAgain(given), { at, messages })
        for (const [i, outcome] of outcomes.entries()) {
          if (outcome === 'kept' || outcome === 'replay') figures[outcome]++
          else expect(outcome, note).toBe('kept or replay')
          mailbox.acknowledge(messages[i] ?? '')
        }
        const again = await first.run((given) => inboxTasks.deliverAgain(given), {
          at,
          messages: mailbox.acknowledged,
        })
        expect(again, note).toEqual(mailbox.acknowledged.map(() => 'replay'))
        expect(await first.run(() => inboxTasks.keptMessages()), note).toEqual(mailbox.sealed)
        const kept = epochsOf([kill, kill + 1])
        const contents = await first.run((name) => inboxTasks.contents(name), at.database)
        expect(contents, note).toEqual({ groups: kept, records: kept, marks: kept })
      }
    } finally {
      await browser.close()
      await log.close()
    }
    const count = Object.keys(mailbox.sealed).length
    console.log(
      `${engine}: seed ${seed}, ${kills} kills, ${count} messages, each kept once by id; ${mailbox.keepings} times in keep; after a kill ${figures.kept} kept and ${figures.replay} that were marked and not acknowledged`,
    )
    report('Platform', 'messages that are kept outlive kills', `${kills} of ${kills}`)
  },
)
