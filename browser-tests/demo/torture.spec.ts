/** Nothing is lost, nothing comes twice and no member stops, whatever people do, and whenever pages are reloaded, closed or killed. */

import { writeFile } from 'node:fs/promises'
import { launch } from '../driver/launch.js'
import type { PageDriver } from '../driver/page-driver.js'
import { engineNamed } from '../engines/table.js'
import { expect, test } from '../fixtures.js'
import { chooseSeed, seeded } from '../inbox/seeded.js'
import { demoMounts } from '../package/served.js'
import { founders, Page } from './page.js'
import { type Deed, doDeed, type Line, type Seen, standings, storedLines, type Text } from './torture.js'

/** 20 in the full run: MTM_TORTURES=20. */
const longRuns = Number(process.env['MTM_TORTURES'] ?? 1)
/** A short one on each `npm test`. */
const runs = [
  { actions: 40, title: '40 actions at random', details: {} },
  ...Array.from({ length: longRuns }, (_, i) => ({
    actions: 200,
    title: `200 actions at random, run ${i + 1} of ${longRuns}`,
    details: { tag: '@long' },
  })),
]
/** Of the demo's inboxes. */
const pastEpochs = 2
const patience = 60_000

for (const { actions, title, details } of runs) {
  test(title, details, async ({ profile, serveHere }, info) => {
    test.setTimeout(240_000)
    const { name: engine } = engineNamed(info.project.name)
    const seed = chooseSeed()
    const random = seeded(seed)
    const upTo = (limit: number): number => Math.floor(random() * limit)
    const { origin } = await serveHere({ mounts: demoMounts() })
    let browser = await launch(engine, { profile })
    try {
      const first = await openTab(`${origin}/`)
      const page = new Page(first, origin)
      await page.inEpoch(1, founders)
      const link = await page.invitation()
      const tabs = [
        { url: `${origin}/`, names: founders, page: first },
        { url: link, names: ['Dave'], page: await openTab(link) },
      ]
      const everybody = tabs.flatMap(({ names }) => names)
      const texts: Text[] = []
      const leaves: { name: string; at: number }[] = []
      /** Since when each is seen as a member, without a break. */
      const since = new Map(everybody.map((name) => [name, Number.POSITIVE_INFINITY]))

      for (let at = 0; at < actions; at++) {
        const tab = tabs[upTo(tabs.length)] ?? tabs[0]
        const name = tab?.names[upTo(tab.names.length)]
        if (!tab || !name) throw new Error('nobody is there')
        const what = random()
        if (at === actions / 2) {
          await browser.kill()
          browser = await launch(engine, { profile })
          for (const each of tabs) each.page = await openTab(each.url)
        } else if (what < 0.05) await tab.page.open(tab.url)
        else if (what < 0.08) {
          // Some time may pass until it is opened again.
          const before = tab.page
          tab.page = await openTab('about:blank', browser)
          await before.close()
          await tab.page.open(tab.url)
        } else {
          const deed = chooseDeed(what, name, at)
          const seen = await tab.page.run(doDeed, deed)
          note(deed, seen, at)
        }
      }

      const steady = (): Promise<{ name: string; epoch: string }[]> => settled(tabs.map(({ page }) => page))
      const members = await steady()
      expect(new Set(members.map(({ epoch }) => epoch)).size, `seed ${seed}`).toBe(1)
      // Every member can whisper to every other.
      for (const { page, names } of tabs) {
        for (const name of names) {
          const text = `At last, from ${name}`
          const seen = await page.run(doDeed, { kind: 'whisper', name, text, to: [0, 1, 2] })
          if (members.some((member) => member.name === name)) {
            expect(seen.to, `seed ${seed}, ${name}`).toHaveLength(members.length - 1)
          }
          texts.push({ text, from: name, to: seen.to, at: actions })
        }
      }
      await steady()

      const lines = await tabs[0]?.page.run(storedLines)
      const record = lines?.map(({ member, kind, epoch, text }) => `${member} ${epoch} ${kind}: ${text}`)
      await writeFile(info.outputPath('conversations.txt'), record?.join('\n') ?? '')
      const had = (who: string, text: string): number =>
        lines?.filter((line) => line.member === who && line.text === text && /heard|said/.test(line.kind))
          .length ?? 0
      // A page that lags behind three commits sends what the window has left behind. It seals that anew, and the text
      // must be there once, as every other.
      const isTooLate = ({ text }: Line): boolean => {
        const [, sealedIn, now] =
          /^epoch-expired: the keys of epoch (\d+) are deleted; the group is in epoch (\d+)$/.exec(text) ?? []
        return Number(now) - Number(sealedIn) > pastEpochs
      }
      expect(
        lines?.filter((line) => line.kind === 'refused' && !isTooLate(line)),
        `seed ${seed}`,
      ).toEqual([])
      expect(texts.length).toBeGreaterThan(actions / 4)
      for (const { text, from, to } of texts) {
        for (const who of everybody.filter((other) => other !== from)) {
          const count = had(who, text)
          if (to.includes(who)) expect(count, `seed ${seed}: ${who}, “${text}” of ${from}`).toBe(1)
          else expect(count, `seed ${seed}: ${who}, “${text}” of ${from}`).toBeLessThan(2)
        }
      }
      for (const { page } of tabs) expect(await page.consoleErrors(), `seed ${seed}`).toEqual([])

      function chooseDeed(what: number, name: string, at: number): Deed {
        const text = `${at} from ${name}`
        const isOut =
          leaves.some((left) => left.name === name) && since.get(name) === Number.POSITIVE_INFINITY
        if (isOut && what < 0.5) return { kind: 'Join again', name }
        if (what < 0.42) return { kind: 'say', name, text }
        if (what < 0.8) return { kind: 'whisper', name, text, to: [upTo(3), upTo(3)] }
        if (what < 0.9) return { kind: 'read', name }
        if (
          what < 0.97 ||
          everybody.filter((other) => since.get(other) !== Number.POSITIVE_INFINITY).length < 4
        )
          return { kind: 'Renew keys', name }
        return { kind: 'Leave', name }
      }

      /** Members who leave later, or are not known to be there, may have a text or not. */
      function note(deed: Deed, { to, isMember, isDone }: Seen, at: number): void {
        if (deed.kind === 'Leave' && isDone) {
          leaves.push({ name: deed.name, at })
          since.set(deed.name, Number.POSITIVE_INFINITY)
          for (const [i, text] of texts.entries()) {
            texts[i] = { ...text, to: text.to.filter((who) => who !== deed.name) }
          }
        } else if (isMember && since.get(deed.name) === Number.POSITIVE_INFINITY) since.set(deed.name, at)
        if ((deed.kind === 'say' || deed.kind === 'whisper') && isDone) {
          const sure = to.filter((who) => (since.get(who) ?? Number.POSITIVE_INFINITY) < at)
          texts.push({ text: deed.text, from: deed.name, to: sure, at })
        }
      }
    } finally {
      await browser.close()
    }

    async function openTab(url: string, from = browser): Promise<PageDriver> {
      const page = await from.newPage()
      if (url !== 'about:blank') await page.open(url)
      return page
    }
  })
}

/** Who is in the group, once nothing is on its way any more and all agree on the epoch. */
async function settled(pages: readonly PageDriver[]): Promise<{ name: string; epoch: string }[]> {
  let calm = 0
  for (const end = Date.now() + patience; ; ) {
    const all = (await Promise.all(pages.map(standings))).flat()
    const members = all.flatMap(({ name, place }) => {
      const epoch = /epoch (\d+)$/.exec(place)?.[1]
      return epoch === undefined ? [] : [{ name, epoch }]
    })
    const isCalm =
      all.every(({ place, waiting }) => waiting === 0 && /epoch \d+$|not in the group/.test(place)) &&
      new Set(members.map(({ epoch }) => epoch)).size === 1
    calm = isCalm ? calm + 1 : 0
    if (calm === 5) return members
    if (Date.now() > end) throw new Error(`it does not settle: ${JSON.stringify(all)}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
