/** What happens to a member's device: no power, sleep, a thief. */

import { expect, test } from '../fixtures.js'
import { founders, Page } from './page.js'
import { storedLines } from './torture.js'

test('pull the plug: each whisper is there once', { tag: '@long' }, async ({ driver, serveHere }) => {
  const page = await Page.withGroup(driver, serveHere)
  for (const round of [1, 2, 3]) {
    await page.device('Bob', 'Pull the plug')
    await page.rest('Bob', 'The power failed')
    await page.pressText('Bob', 'Plug Bob in again')
    await page.inEpoch(1, ['Bob'])
    await page.say('Alice', `after ${round}`)
    await page.sees('Bob', `after ${round}`)
  }
  const lines = await driver.run(storedLines)
  const texts = [1, 2, 3, 4, 5].map((i) => `Mind the plug, ${i} of 5`)
  const heard = lines.filter(({ member, kind }) => member === 'Bob' && kind === 'heard')
  expect(heard.map(({ text }) => text)).toEqual([...texts, ...texts, ...texts])
  expect(lines.filter(({ kind }) => kind === 'refused')).toEqual([])
  expect(await driver.consoleErrors()).toEqual([])
})

test('sleep: 500 whispers come in when a member wakes', { tag: '@long' }, async ({
  driver,
  serveHere,
  report,
}) => {
  const page = await Page.withGroup(driver, serveHere)
  await page.device('Bob', 'Sleep')
  await page.rest('Bob', 'Bob sleeps')
  await page.pressText('Bob', 'Send 500 whispers to Bob')
  await page.status(/sealed, stored and sent 500 whispers/)
  await page.pressText('Bob', 'Wake Bob')
  const told = await page.note('Bob', /500 messages came in, each opened, stored and marked in [\d.]+ ms/)
  await page.sees('Bob', 'Alice whispers to you')
  const lines = await driver.run(storedLines)
  const heard = lines.filter(({ member, kind }) => member === 'Bob' && kind === 'heard')
  expect(heard.map(({ text }) => text)).toEqual(Array.from({ length: 500 }, (_, i) => `${i + 1} of 500`))
  report('Where it runs', 'demo, a backlog of 500', `${/[\d.]+ ms/.exec(told)?.[0]} each`)
  expect(await driver.consoleErrors()).toEqual([])
})

test('the disk: a thief finds all of it, and with a passphrase nothing', { tag: '@long' }, async ({
  driver,
  serveHere,
}) => {
  const page = await Page.withGroup(driver, serveHere)
  await page.say('Alice', 'A word for Bob alone', ['Bob'])
  await page.read('Bob')
  await page.device('Bob', 'Look at the disk')
  const clear = await driver.waitForText('.disk-summary', 'A thief of the disk finds')
  for (const secret of [
    'exporter secret',
    'private encryption key',
    'private signature key',
    'text of a message',
  ]) {
    expect(clear).toContain(secret)
  }
  expect(await driver.text('.disk')).toContain('A word for Bob alone')
  await page.closeDetails()

  await page.lock('Bob', 'correct horse')
  expect(await driver.run(everythingStored)).not.toContain('A word for Bob alone')
  await page.unlock('Bob', 'wrong horse')
  await page.status('That is not the passphrase')
  // Also after a reload.
  await driver.open(`${page.origin}/`)
  await page.rest('Bob', 'Bob is locked')
  await page.say('Carol', 'Bob cannot hear this yet', ['Bob'])
  await page.unlock('Bob', 'correct horse')
  await page.inEpoch(1, ['Bob'])
  await page.sees('Bob', 'A word for Bob alone')
  await page.sees('Bob', 'Carol whispers to you')
  await page.device('Bob', 'Look at the disk')
  await driver.waitForText('.disk-summary[data-found="0"]', 'finds nothing of Bob')
  await page.closeDetails()
  // He goes on as before.
  await page.press('Bob', 'Renew keys')
  await page.inEpoch(2, founders)
  await page.say('Bob', 'Back again', ['Alice'])
  await page.sees('Alice', 'Bob whispers to you')
  expect(await driver.consoleErrors()).toEqual([])
})

/** Of the locked member, every text and every byte as text. */
async function everythingStored(): Promise<string> {
  const open = (name: string): Promise<IDBDatabase> =>
    new Promise((resolve) => {
      const request = indexedDB.open(name)
      request.onsuccess = () => resolve(request.result)
    })
  const database = await open('demo')
  const shown: string[] = []
  for (const store of ['members', 'entries']) {
    const all = database.transaction(store).objectStore(store)
    const read = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve) => {
        request.onsuccess = () => resolve(request.result)
      })
    const [keys, values] = await Promise.all([read(all.getAllKeys()), read(all.getAll())])
    for (const [i, key] of keys.entries()) {
      if (!Array.isArray(key) || key[1] !== 'Bob') continue
      shown.push(
        JSON.stringify(values[i], (_, value: unknown) =>
          value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
        ),
      )
    }
  }
  database.close()
  return shown.join('\n')
}
