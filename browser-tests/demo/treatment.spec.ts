/** The demo used by impatient people, and beside hostile tabs. */

import { expect, test } from '../fixtures.js'
import { founders, Page } from './page.js'
import { flipped, inject, malformedKeyPackage, parcelsOf } from './parcels.js'
import { storedLines } from './torture.js'

test('a reload right after sending loses nothing, and doubles nothing', async ({ driver, serveHere }) => {
  const page = await Page.withGroup(driver, serveHere)
  for (const round of [1, 2]) {
    for (let i = 1; i <= 3; i++) await page.say('Alice', `said ${round}.${i}`)
    for (let i = 1; i <= 5; i++) await page.say('Bob', `whispered ${round}.${i}`, ['Carol'])
    await driver.open(`${page.origin}/`)
    await page.inEpoch(1, founders)
  }
  await page.sees('Bob', 'said 2.3')
  await driver.waitForText('[data-member="Bob"] [role="log"] .whispered:last-child', 'Carol: sent')
  await page.say('Carol', 'the end')
  for (const name of founders) await page.sees(name, 'the end')
  const lines = await driver.run(storedLines)
  for (const round of [1, 2]) {
    for (const i of [1, 2, 3]) {
      for (const name of founders) {
        const here = lines.filter(({ member, text }) => member === name && text === `said ${round}.${i}`)
        expect(here, `${name}, said ${round}.${i}`).toHaveLength(1)
      }
    }
  }
  const heard = lines.filter(({ member, kind }) => member === 'Carol' && kind === 'heard')
  expect(heard.map(({ text }) => text)).toEqual(
    [1, 2].flatMap((round) => [1, 2, 3, 4, 5].map((i) => `whispered ${round}.${i}`)),
  )
  expect(lines.filter(({ kind }) => kind === 'refused')).toEqual([])
  expect(await driver.consoleErrors()).toEqual([])
})

test('a whisper keeps the name of who sealed it, though another member has that leaf now', {
  tag: '@long',
}, async ({ driver, serveHere }) => {
  const page = await Page.withGroup(driver, serveHere)
  await page.hold('Carol', 'I was Carol', ['Bob'])
  await page.press('Carol', 'Leave')
  await page.inEpoch(2, ['Alice', 'Bob'])
  await driver.click('#add')
  await page.inEpoch(3, ['Alice', 'Bob', 'Dave'])
  await page.release('Carol')
  await page.sees('Bob', 'Carol whispers to you')
  expect(await page.read('Bob')).toBe('I was Carol')
  expect(await page.text('Dave')).not.toContain('read by')
  expect(await page.text('Bob')).not.toContain('Dave whispers')
  expect(await driver.consoleErrors()).toEqual([])
})

test('what is malformed is shown as refused, and stops nobody', { tag: '@long' }, async ({
  driver,
  serveHere,
}) => {
  const page = await Page.withGroup(driver, serveHere)
  await page.say('Alice', 'A real message')
  await page.sees('Carol', 'A real message')
  await page.say('Alice', 'A real whisper', ['Bob'])
  await page.sees('Bob', 'Alice whispers to you')
  const real = await parcelsOf(driver)
  const ill = await driver.newPage()
  await ill.open(`${page.origin}/deliver.html`)
  await inject(ill, [
    [1, 2, 3],
    [],
    await malformedKeyPackage('Mallory'),
    ...real.map(flipped),
    // The same parcels again.
    ...real,
  ])
  await page.sees('Bob', 'KeyPackage')
  await driver.click('#add')
  await page.inEpoch(2, [...founders, 'Dave'])
  await page.press('Bob', 'Renew keys')
  await page.inEpoch(3, [...founders, 'Dave'])
  await page.say('Dave', 'All is well', founders)
  for (const name of founders) await page.sees(name, 'Dave whispers to you')
  await driver.open(`${page.origin}/`)
  await page.inEpoch(3, [...founders, 'Dave'])
  const lines = await driver.run(storedLines)
  const refused = lines.filter(({ member, kind }) => member === 'Bob' && kind === 'refused')
  expect(refused.map(({ text }) => text.split(':')[0])).toEqual(
    expect.arrayContaining(['malformed', 'replay', 'ts-mls']),
  )
  for (const text of ['A real message', 'A real whisper']) {
    expect(lines.filter((line) => line.member === 'Bob' && line.text === text)).toHaveLength(1)
  }
  expect(await driver.consoleErrors()).toEqual([])
})

test('a double click joins once; a log stays at its end; the focus stays', { tag: '@long' }, async ({
  driver,
  serveHere,
}) => {
  const page = await Page.withGroup(driver, serveHere)
  await page.press('Carol', 'Leave')
  await page.inEpoch(2, ['Alice', 'Bob'])
  expect(await driver.run(focusedMember)).toBe('Carol')
  await driver.run(doubleClick, '[aria-label="Carol: Join again"]')
  await page.inEpoch(3, founders)
  await page.say('Carol', 'Once')
  await page.sees('Alice', 'Once')
  expect(await driver.text('[data-testid="count"]')).toBe('3')

  for (let i = 1; i <= 14; i++) await page.say('Alice', `Line ${i}`)
  await page.sees('Bob', 'Line 14')
  expect(await driver.run(distancesFromEnd)).toEqual([0, 0, 0])
  await driver.open(`${page.origin}/`)
  await page.sees('Bob', 'Line 14')
  await driver.click('#add')
  await page.inEpoch(4, [...founders, 'Dave'])
  expect(await driver.run(distancesFromEnd)).toEqual([0, 0, 0, 0])
  await page.say('Bob', 'שלום')
  await page.sees('Alice', 'שלום')
  expect(await driver.run(directionOfLastText)).toBe('rtl')
  expect(await driver.consoleErrors()).toEqual([])
})

test('what one may be about to press stays where it is while messages arrive', { tag: '@long' }, async ({
  driver,
  serveHere,
}) => {
  const page = await Page.withGroup(driver, serveHere)
  await page.device('Carol', 'Sleep')
  await page.rest('Carol', 'sleeps')
  await page.say('Alice', 'A first line')
  await page.sees('Bob', 'A first line')
  const pressable = await driver.run(rememberPressable)
  expect(pressable).toBeGreaterThan(20)
  await page.say('Bob', 'A second line')
  await page.sees('Alice', 'A second line')
  await page.say('Alice', 'Only for Bob', ['Bob'])
  await page.sees('Bob', 'Alice whispers to you')
  await page.press('Bob', 'Renew keys')
  await page.inEpoch(2, ['Alice', 'Bob'])
  expect(await driver.run(replacedPressable)).toEqual([])
})

test('a replay of what is held back takes nothing away', { tag: '@long' }, async ({ driver, serveHere }) => {
  const page = await Page.withGroup(driver, serveHere)
  await page.hold('Alice', 'Held', ['Bob'])
  await driver.click('[data-member="Alice"] button.copy.held')
  await driver.click('[data-attack="replay"] button')
  await driver.waitForText('[data-attack="replay"] .outcome', 'not delivered yet')
  await page.closeDetails()
  await page.release('Alice')
  expect(await page.read('Bob')).toBe('Held')
})

test('a new group forgets the old one in every tab', { tag: '@long' }, async ({ driver, serveHere }) => {
  const page = await Page.withGroup(driver, serveHere)
  const other = await page.openNewTab()
  await other.inEpoch(2, ['Dave'])
  const before = await driver.run(databaseNames)
  await other.driver.click('#anew [type="submit"]')
  await driver.waitForText('#members', 'this one is no more')
  await other.inEpoch(1, founders)
  const after = await other.driver.run(databaseNames)
  expect(after.filter((name) => name !== 'demo' && before.includes(name))).toEqual([])
  // The first tab has a way on.
  await driver.click('#members .notice button')
  await driver.waitForText('#members', 'is open in another tab')
  await other.driver.close()
  await page.inEpoch(1, founders)
})

test('while a new group is made, nobody can write into the old one', async ({ driver, serveHere }) => {
  const page = await Page.withGroup(driver, serveHere)
  expect(await driver.run(offeredWhileItBegins)).toEqual({ shown: 3, usable: 0, canAdd: false })
  await page.inEpoch(1, founders)
  await page.say('Alice', 'In the new one', ['Bob'])
  expect(await page.read('Bob')).toBe('In the new one')
  expect(await driver.consoleErrors()).toEqual([])
})

test('where nothing can go on, the page says so, and what to do', { tag: '@long' }, async ({
  driver,
  serveHere,
}) => {
  const page = await Page.withGroup(driver, serveHere)
  await page.press('Carol', 'Leave')
  await page.inEpoch(2, ['Alice', 'Bob'])
  await page.pressAtOnce(['Alice', 'Bob'], 'Leave')
  for (const name of founders) {
    await driver.waitForText(`[data-member="${name}"] .place`, 'not in the group', { timeout: 30_000 })
  }
  await driver.waitForText('[data-testid="alone"]', 'Everybody here has left', { timeout: 20_000 })
  await page.startAnew(1, '00')
  await page.inEpoch(1, founders)

  // Whoever comes when all others are away.
  await driver.open(await page.invitation())
  await driver.waitForText('[data-testid="alone"]', 'nobody can let others in', { timeout: 20_000 })
  const back = new Page(await driver.newPage(), page.origin)
  await back.driver.open(`${page.origin}/`)
  await page.inEpoch(2, ['Dave'])
  await back.driver.close()

  // The visitor deletes what the site has stored.
  await driver.run(deleteEverything)
  await driver.waitForText('#members', 'was deleted')
  await driver.click('#members .notice button')
  await page.inEpoch(1, founders)
})

const focusedMember = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>('[data-member]')?.dataset['member']

function doubleClick(selector: string): void {
  const element = document.querySelector<HTMLElement>(selector)
  element?.click()
  element?.click()
}

const distancesFromEnd = (): number[] =>
  [...document.querySelectorAll('[role="log"]')].map((log) =>
    Math.max(0, Math.round(log.scrollHeight - log.scrollTop - log.clientHeight) - 1),
  )

function directionOfLastText(): string {
  const last = [...document.querySelectorAll('[data-member="Alice"] .entry .text')].at(-1)
  if (!last) throw new Error('no text')
  return getComputedStyle(last).direction
}

const databaseNames = async (): Promise<string[]> =>
  (await indexedDB.databases()).flatMap(({ name }) => name ?? [])

async function deleteEverything(): Promise<void> {
  const deletions = (await indexedDB.databases()).map(
    ({ name }) =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase(name ?? '').onsuccess = resolve
      }),
  )
  await Promise.all(deletions)
}

/** Every button, link and label that shows, with its text node. */
function rememberPressable(): number {
  const shown = [...document.querySelectorAll<HTMLElement>('button, a, label, summary')]
    .filter((element) => element.checkVisibility())
    .flatMap((element) => [element, ...element.childNodes])
  Object.assign(globalThis, { shown: shown.map((node) => ({ node, text: node.textContent })) })
  return shown.length
}

const replacedPressable = (): string[] => {
  const shown: { node: Node; text: string }[] = Reflect.get(globalThis, 'shown')
  return shown.flatMap(({ node, text }) => (node.isConnected ? [] : [text]))
}

/** What the page offers while it names the suite of the next group already, which is not there yet. */
function offeredWhileItBegins(): Promise<{ shown: number; usable: number; canAdd: boolean }> {
  return new Promise((resolve, reject) => {
    const named = document.querySelector('#suite-now')
    const begin = document.querySelector<HTMLElement>('#anew [type="submit"]')
    if (!named || !begin) return reject(new Error('the page begins no group'))
    new MutationObserver(() => {
      const shown = document.querySelectorAll('#members .member').length
      const usable = document.querySelectorAll('#members:not([inert]) .member').length
      resolve({ shown, usable, canAdd: document.querySelector('#add:enabled') !== null })
    }).observe(named, { childList: true, subtree: true, characterData: true })
    begin.click()
  })
}
