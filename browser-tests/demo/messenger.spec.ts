/** The messenger that a visitor sees first, driven as a person does. */

import { expect, test } from '../fixtures.js'
import { founders, Page } from './page.js'

test('messages, whispers and receipts, and a reload that keeps them', async ({
  driver,
  serveHere,
  report,
}) => {
  const page = await Page.withGroup(driver, serveHere)

  await page.say('Alice', 'Good morning, all')
  for (const name of founders) await page.sees(name, 'Good morning, all')

  await page.say('Alice', 'Only for Bob – ✓', ['Bob'])
  await page.sees('Bob', 'Alice whispers to you')
  await page.sees('Carol', /Sealed, for Bob · \d+ bytes/)
  await page.read('Bob')
  await page.sees('Bob', 'Only for Bob – ✓')
  await page.sees('Alice', '✓ read by Bob')
  expect(await page.text('Carol')).not.toContain('Only for Bob')
  await page.sees('Carol', /Sealed, for Alice/)

  await page.say('Carol', 'Before the reload', ['Alice', 'Bob'])
  await page.sees('Alice', 'Carol whispers to you')
  await page.sees('Bob', 'Carol whispers to you')
  await page.read('Alice')
  await page.sees('Carol', '✓ read by Alice')

  await driver.open(`${page.origin}/`)
  await page.inEpoch(1, founders)
  await page.sees('Carol', 'Before the reload')
  await page.sees('Carol', '✓ read by Alice')
  expect(await page.text('Bob')).not.toContain('Before the reload')
  await page.read('Bob')
  await page.sees('Carol', '✓ read by Bob')
  await page.say('Bob', 'After it')
  await page.sees('Alice', 'After it')
  // Both commit in epoch 1; one is first, and the other commits again in epoch 2.
  await page.pressAtOnce(['Alice', 'Bob'], 'Renew keys')
  await page.inEpoch(3, founders)
  for (const name of ['Alice', 'Bob']) await page.sees('Carol', `${name} renewed keys`)
  await page.say('Alice', 'In a later epoch', ['Carol'])
  await page.sees('Carol', 'Alice whispers to you')
  for (const name of founders) expect(await page.text(name)).not.toContain('Refused')
  report('Where it runs', 'demo page, suite 1', 'yes')
  expect(await driver.consoleErrors()).toEqual([])
})

test('members join, renew keys and leave; a late whisper is opened within the window, and refused outside it', {
  tag: '@long',
}, async ({ driver, serveHere }) => {
  const page = await Page.withGroup(driver, serveHere)
  await page.hold('Alice', 'Late, and in time', ['Bob'])
  await page.hold('Carol', 'Too late', ['Bob'])
  await page.sees('Carol', 'Bob: held back')

  await driver.click('#add')
  await page.inEpoch(2, ['Alice', 'Bob', 'Carol', 'Dave'])
  await page.sees('Bob', 'Dave joined')
  await page.press('Bob', 'Renew keys')
  await page.inEpoch(3, ['Alice', 'Bob', 'Carol', 'Dave'])
  await page.release('Alice')
  await page.read('Bob')
  await page.sees('Bob', 'Late, and in time')

  await page.press('Alice', 'Leave')
  await page.inEpoch(4, ['Bob', 'Carol', 'Dave'])
  await page.sees('Dave', 'Alice left')
  await page.release('Carol')
  await page.sees('Bob', /epoch-expired\s+The keys of epoch 1 are deleted; the group is in epoch 4\./)
  expect(await page.text('Bob')).not.toContain('Too late')

  await page.say('Dave', 'She is gone', ['Bob', 'Carol'])
  await page.read('Carol')
  await page.sees('Dave', '✓ read by Carol')
  await page.press('Alice', 'Join again')
  await page.inEpoch(5, ['Alice', 'Bob', 'Carol', 'Dave'])
  expect(await page.text('Alice')).not.toContain('She is gone')
  expect(await driver.consoleErrors()).toEqual([])
})

test('each attack is refused, with its code, also in another suite and revision', async ({
  driver,
  serveHere,
  report,
}) => {
  const page = await Page.open(driver, serveHere)
  // Whenever the page is reloaded while it makes the group, it finishes.
  await driver.open(`${page.origin}/`)
  await page.inEpoch(1, founders)
  await page.say('Alice', 'For Bob', ['Bob'])
  await page.read('Bob')
  await page.inspect('Bob', '.heard')
  for (const [field, code] of Object.entries(tampered)) {
    expect(await page.attack('tamper', field)).toBe(code)
  }
  for (const [attack, code] of Object.entries(attacks)) expect(await page.attack(attack)).toBe(code)
  // Attacks leave the group as it is.
  await page.inEpoch(1, founders)
  await page.closeDetails()

  const supported = await driver.text('[data-testid="engine"]')
  expect(supported).toContain(driver.engine === 'chromium' ? '1, 2, 3, 5, 7' : '1, 2, 5, 7')
  await page.startAnew(2, '02')
  await page.inEpoch(1, founders)
  await page.press('Carol', 'Renew keys')
  await page.inEpoch(2, founders)
  await page.say('Alice', 'In suite 2', ['Bob'])
  await page.read('Bob')
  await page.sees('Alice', '✓ read by Bob')
  await page.inspect('Bob', '.heard')
  // Revision 02 signs the ciphertext, which 00 does not.
  expect(await page.attack('tamper', 'ciphertext')).toBe('signature')
  report('Where it runs', 'demo page, suite 2', 'yes')
  expect(await driver.consoleErrors()).toEqual([])
})

/** Revision 00, whose signature does not cover the content. */
const tampered = {
  version: 'malformed',
  wireFormat: 'malformed',
  groupId: 'unknown-group',
  epoch: 'epoch-expired',
  recipientLeafIndex: 'not-for-this-member',
  authenticatedData: 'signature',
  encryptedSenderAuthData: 'sender-auth-data',
  ciphertext: 'content',
} as const

const attacks = {
  replay: 'replay',
  'forge-member': 'signature',
  'forge-outsider': 'sender-auth-data',
  'wrong-member': 'not-for-this-member',
  readdress: 'sender-auth-data',
  'old-epoch': 'epoch-expired',
} as const

test('groups of suites 5 and 7: join, renew keys, whisper, and look inside', { tag: '@long' }, async ({
  driver,
  serveHere,
  report,
}) => {
  const page = await Page.withGroup(driver, serveHere)
  for (const [suite, revision] of [
    [5, '01'],
    [7, '02'],
  ] as const) {
    await page.startAnew(suite, revision)
    await page.inEpoch(1, founders)
    await page.press('Carol', 'Renew keys')
    await page.inEpoch(2, founders)
    await driver.click('#add')
    await page.inEpoch(3, ['Alice', 'Bob', 'Carol', 'Dave'])
    await page.say('Dave', `In suite ${suite}`, ['Bob'])
    expect(await page.read('Bob')).toBe(`In suite ${suite}`)
    await page.sees('Dave', '✓ read by Bob')
    await page.inspect('Bob', '.heard')
    expect(await page.attack('tamper', 'ciphertext')).toBe('signature')
    expect(await page.attack('old-epoch')).toBe('epoch-expired')
    await page.closeDetails()
    report('Where it runs', `demo page, suite ${suite}`, 'yes')
  }
  expect(await driver.consoleErrors()).toEqual([])
})

test('another tab is another member', { tag: '@long' }, async ({ driver, serveHere }) => {
  const page = await Page.withGroup(driver, serveHere)
  const other = await page.openNewTab()
  await other.inEpoch(2, ['Dave'])
  await page.inEpoch(2, founders)
  await other.say('Dave', 'Hello from another tab')
  await page.sees('Carol', 'Hello from another tab')
  await page.say('Alice', 'Only for Dave', ['Dave'])
  await other.read('Dave')
  await other.sees('Dave', 'Only for Dave')
  await page.sees('Alice', '✓ read by Dave')

  // The same member a second time.
  const third = new Page(await driver.newPage(), page.origin)
  await third.driver.open(await other.driver.run(() => location.href))
  await third.driver.waitForText('#members', 'Dave is open in another tab')
  await other.driver.close()
  await third.sees('Dave', 'Only for Dave')
  await third.press('Dave', 'Leave')
  await page.inEpoch(3, founders)
  await page.sees('Bob', 'Dave left')
  expect(await third.driver.consoleErrors()).toEqual([])

  // While the first tab is being reloaded, another takes one of its members.
  await third.driver.run(takeWhenFree, 'Bob')
  await driver.open(`${page.origin}/`)
  await driver.waitForText('#members', 'Bob is open in another tab')
  await third.driver.close()
  await page.inEpoch(3, founders)
  expect(await driver.consoleErrors()).toEqual([])
})

/** Queues for the lock that the tab with the member holds. */
async function takeWhenFree(member: string): Promise<void> {
  const { held = [] } = await navigator.locks.query()
  const name = held.map((lock) => lock.name).find((lock) => lock?.endsWith(` ${member}`))
  if (name === undefined) throw new Error(`no tab has ${member} open`)
  void navigator.locks.request(name, () => new Promise(() => {}))
}
