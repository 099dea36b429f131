/** What the demo shows of a message's bytes. */

import { expect, test } from '../fixtures.js'
import { Page } from './page.js'

test('every byte of a whisper, by field, and what the alternatives take', { tag: '@long' }, async ({
  driver,
  serveHere,
}) => {
  const page = await Page.withGroup(driver, serveHere)
  const whisper = `Only for Bob. ${'It is long. '.repeat(60)}`
  await page.say('Alice', whisper, ['Bob'])
  const size = Number(/(\d+) bytes/.exec(await page.sees('Carol', /Sealed, for Bob · \d+ bytes/))?.[1])
  await page.inspect('Bob', '.heard')
  await driver.waitForText('.alternatives [role="status"]', /^For a content of \d+ bytes, measured/)

  const fields = await driver.run(shownFields)
  expect(fields.map(({ name }) => name)).toEqual([
    'version',
    'wireFormat',
    'groupId',
    'epoch',
    'recipientLeafIndex',
    'authenticatedData',
    'encryptedSenderAuthData',
    'ciphertext',
  ])
  expect(fields.reduce((sum, { length }) => sum + length, 0)).toBe(size)
  for (const { name, length, hex, more } of fields) expect(hex + more, name).toBe(length)
  // Only a part of the ciphertext is shown.
  expect(fields.at(-1)?.more).toBeGreaterThan(0)
  expect(fields.filter(({ prefix }) => prefix > 0).map(({ name, prefix }) => [name, prefix])).toEqual([
    ['groupId', 1],
    ['authenticatedData', expect.any(Number)],
    ['encryptedSenderAuthData', 2],
    ['ciphertext', 2],
  ])
  expect(fields.filter(({ readers }) => readers !== 'not encrypted').map(({ readers }) => readers)).toEqual([
    'encrypted: all members can read it',
    'encrypted: Bob alone can read it',
  ])

  const [targeted = 0, group = 0, newGroup = 0] = await driver.run(shownSizes)
  expect(targeted).toBe(size)
  expect(group).toBeGreaterThan(whisper.length)
  // A KeyPackage and a Welcome come on top.
  expect(newGroup).toBeGreaterThan(group + 500)
  expect(await driver.text('.wire')).not.toContain('It is long')
  expect(await driver.consoleErrors()).toEqual([])
})

function shownFields() {
  const count = (text: string | null | undefined): number => text?.match(/\b[0-9a-f]{2}\b/g)?.length ?? 0
  return [...document.querySelectorAll<HTMLElement>('.wire .fields > li')].map((item) => {
    const text = (selector: string): string => item.querySelector(selector)?.textContent ?? ''
    const more = text('.more')
    return {
      name: item.dataset['field'],
      length: Number.parseInt(text('.length'), 10),
      readers: text('.readers'),
      prefix: count(text('.prefix')),
      hex: count(text('.hex').replace(more, '')),
      more: Number(/\d+/.exec(more)?.[0] ?? 0),
    }
  })
}

const shownSizes = (): number[] =>
  [...document.querySelectorAll('.alternatives .size')].map(({ textContent }) =>
    Number(textContent?.replace(/\D/g, '')),
  )
