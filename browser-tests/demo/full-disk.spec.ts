/** A disk that is full while members receive and send: nothing is lost, it is said, and there is a way on. */

import { engineNamed } from '../engines/table.js'
import { expect, test } from '../fixtures.js'
import { canLimit, smallQuota } from '../inbox/small-quota.js'
import { fillUp, mountsToFill } from './full-disk.js'
import { founders, Page } from './page.js'
import { storedLines } from './torture.js'

/** Firefox also counts its write-ahead logs, which grow far beyond what they are for. */
const quota = { chromium: 16_000_000, webkit: 16_000_000, firefox: 60_000_000 }
const patience = { timeout: 30_000 }

test('a full disk', { tag: '@long' }, async ({ profile, serveHere }, { project }) => {
  const { name: engine } = engineNamed(project.name)
  test.skip(!canLimit(engine), "Playwright's WebKit has no limit of storage that can be set")
  const { origin } = await serveHere({ mounts: await mountsToFill() })
  const urls = { pageUrl: `${origin}/`, tasksUrl: `${origin}/inbox/index.html` }
  const small = await smallQuota[engine]({ profile, bytes: quota[engine], ...urls })
  try {
    const { page: driver } = small
    const page = new Page(driver, origin)
    await page.inEpoch(1, founders)
    await page.device('Bob', 'Sleep')
    await page.rest('Bob', 'Bob sleeps')
    await page.choose('Alice', ['Bob'])
    const whispers = await driver.run(sayInPage, { name: 'Alice', what: 'whisper', most: 100 })
    expect(whispers).toHaveLength(100)
    await driver.run(fillUp)

    await page.pressText('Bob', 'Wake Bob')
    await page.note('Bob', /The disk is full, so Bob has stopped.*Nothing is lost/)
    // Whoever speaks is told, and keeps the text; what has left the field is stored.
    const said = await driver.run(sayInPage, { name: 'Carol', what: 'text', most: 400 })
    await page.status(/The disk is full, so this was not stored/)
    expect(await driver.run(fieldOf, 'Carol')).toMatch(/^text/)

    // After a reload, too, there is a page with the members, or the reason why there are none: WebKit opens no database
    // on a full disk. A reload may make a little room, where the engine tidies up its files.
    await driver.open(`${origin}/`)
    await driver.waitForText('#members', /leaf 0 · epoch 1|The disk is full.*Try again/s, patience)

    const roomy = new Page(await small.release(), origin)
    await roomy.inEpoch(1, founders)
    await roomy.say('Carol', 'There is room again')
    await expect(async () => {
      await roomy.driver.run(tryAgain)
      for (const name of founders) expect(await roomy.text(name)).toContain('There is room again')
    }).toPass(patience)
    const lines = await roomy.driver.run(storedLines)
    const textsOf = (name: string, wanted: string): string[] =>
      lines
        .filter(({ member, kind }) => member === name && kind === wanted)
        .map(({ text }) => beginningOf(text))
    expect(textsOf('Bob', 'heard')).toEqual(whispers.map(beginningOf))
    for (const name of founders) expect(textsOf(name, 'said')).toEqual([...said.map(beginningOf), 'There is'])
    expect(lines.filter(({ kind }) => kind === 'refused')).toEqual([])
    expect(await roomy.driver.consoleErrors()).toEqual([])
  } finally {
    await small.close()
  }
})

/** Two words. */
const beginningOf = (text: string): string => text.split(' ', 2).join(' ')

interface Saying {
  readonly name: string
  readonly what: string
  readonly most: number
}

/** Long texts, as many as wanted, or until one does not leave the field: those that are stored. */
async function sayInPage({ name, what, most }: Saying): Promise<string[]> {
  const column = document.querySelector(`[data-member="${name}"]`)
  const field = column?.querySelector<HTMLInputElement>('[name="text"]')
  if (!field) throw new Error(`${name} cannot speak`)
  const stored: string[] = []
  while (stored.length < most) {
    const text = `${what} ${stored.length} ${'long '.repeat(380)}`.trim()
    field.value = text
    column?.querySelector<HTMLButtonElement>('[type="submit"]')?.click()
    while (field.readOnly) await new Promise((resolve) => setTimeout(resolve, 5))
    if (field.value !== '') return stored
    stored.push(text)
  }
  return stored
}

const fieldOf = (name: string): string | undefined =>
  document.querySelector<HTMLInputElement>(`[data-member="${name}"] [name="text"]`)?.value

function tryAgain(): void {
  for (const button of document.querySelectorAll<HTMLElement>('.failure button')) button.click()
}
