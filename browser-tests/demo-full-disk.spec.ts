/** A disk that is full while members receive and send: nothing is lost, it is said, and there is a way on. */

import { fillUp, mountsToFill } from './demo/full-disk.js'
import { Page } from './demo/page.js'
import { storedLines } from './demo/torture.js'
import { engineNamed } from './engines/table.js'
import { expect, test } from './fixtures.js'
import { canLimit, smallQuota } from './inbox/small-quota.js'

const everybody = ['Alice', 'Bob', 'Carol']
const quota = 10_000_000
const patience = { timeout: 30_000 }

test('a full disk', async ({ profile, serveHere }, { project }) => {
  const { name: engine } = engineNamed(project.name)
  test.skip(!canLimit(engine), "Playwright's WebKit has no limit of storage that can be set")
  const { origin } = await serveHere({ mounts: await mountsToFill() })
  const urls = { pageUrl: `${origin}/`, tasksUrl: `${origin}/inbox/index.html` }
  const small = await smallQuota[engine]({ profile, bytes: quota, ...urls })
  try {
    const { page: driver } = small
    const page = new Page(driver, origin)
    await page.inEpoch(1, everybody)
    await page.device('Bob', 'Sleep')
    await page.rest('Bob', 'Bob sleeps')
    await page.choose('Alice', ['Bob'])
    const whispers = await driver.run(sayInPage, { name: 'Alice', what: 'whisper', most: 60 })
    expect(whispers).toHaveLength(60)
    await driver.run(fillUp)

    await page.pressText('Bob', 'Wake Bob')
    await page.note('Bob', /The disk is full, so Bob has stopped.*Nothing is lost/)
    // Whoever speaks is told, and keeps the text; what has left the field is stored.
    const said = await driver.run(sayInPage, { name: 'Carol', what: 'text', most: 400 })
    await page.status(/The disk is full, so this was not stored/)
    expect(await driver.run(fieldOf, 'Carol')).toMatch(/^text/)

    // Also after a reload there is a page, and it says what is the matter. WebKit opens no database then.
    await driver.open(`${origin}/`)
    if (engine === 'webkit') await driver.waitForText('#members', /The disk is full.*Try again/s, patience)
    else {
      await page.note('Bob', /The disk is full/)
      await page.inEpoch(1, everybody)
    }

    const roomy = new Page(await small.release(), origin)
    await roomy.inEpoch(1, everybody)
    await roomy.driver.run(tryAgain)
    await roomy.say('Carol', 'There is room again')
    for (const name of everybody) await roomy.sees(name, 'There is room again')
    const lines = await roomy.driver.run(storedLines)
    const textsOf = (name: string, wanted: string): string[] =>
      lines.filter(({ member, kind }) => member === name && kind === wanted).map(({ text }) => text)
    expect(textsOf('Bob', 'heard')).toEqual(whispers)
    for (const name of everybody) expect(textsOf(name, 'said')).toEqual([...said, 'There is room again'])
    expect(lines.filter(({ kind }) => kind === 'refused')).toEqual([])
    expect(await roomy.driver.consoleErrors()).toEqual([])
  } finally {
    await small.close()
  }
})

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
