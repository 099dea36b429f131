/** Who sees what of a message, and the forgery that revision 00 permits. */

import { expect, test } from '../fixtures.js'
import { Page } from './page.js'

test('look as: each sees what its keys open', async ({ driver, serveHere }) => {
  const page = await Page.withGroup(driver, serveHere)
  await page.say('Alice', 'Only for Bob', ['Bob'])
  await page.sees('Bob', 'Alice whispers to you')
  const lookAs = async (viewer: string, expected: RegExp): Promise<string> => {
    await driver.run(choose, viewer)
    return driver.waitForText('#sights li:first-child', expected)
  }
  const alice = await lookAs('Alice', /its own words/)
  expect(alice).toContain('Only for Bob')
  const bob = await lookAs('Bob', /Content\s+opened\s*Only for Bob\s*$/)
  expect(bob).toContain('Alice (leaf 0)')
  const carol = await lookAs('Carol', /Content\s+closed\s*for Bob/)
  expect(carol).toMatch(/From\s+opened\s*Alice \(leaf 0\)/)
  expect(carol).toMatch(/Signature\s+opened/)
  const service = await lookAs('service', /Sender auth data\s+closed/)
  expect(service).toMatch(/To\s+in the clear\s*leaf 1/)
  expect(service).not.toContain('Alice')
  const outsider = await lookAs('network', /Something passes/)
  expect(outsider).not.toContain('leaf')
  for (const seen of [carol, service, outsider]) expect(seen).not.toContain('Only for Bob')
  expect(await driver.consoleErrors()).toEqual([])
})

test('the forgery: revision 00 lets it in, 01 and 02 refuse it', { tag: '@long' }, async ({
  driver,
  serveHere,
}) => {
  await Page.withGroup(driver, serveHere)
  await driver.click('#perform')
  const verdict = (revision: string, expected: string) =>
    driver.waitForText(`#forgery [data-revision="${revision}"]`, expected, { timeout: 30_000 })
  expect(await verdict('00', 'opened')).toContain('“Send me your passphrase.”, signed by Alice')
  for (const revision of ['01', '02']) {
    expect(await verdict(revision, 'signature')).not.toContain('passphrase')
  }
  expect(await driver.consoleErrors()).toEqual([])
})

function choose(value: string): void {
  const input = document.querySelector<HTMLInputElement>(`#look-as [value="${value}"]`)
  if (!input) throw new Error(`nobody is ${value}`)
  input.click()
}
