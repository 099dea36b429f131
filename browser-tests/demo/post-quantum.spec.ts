/** Groups with a post-quantum suite: natively where the engine has the KEM, and by a plug-in elsewhere. */

import { expect, test } from '../fixtures.js'
import { founders, Page } from './page.js'

const suites = [
  { id: 83, name: 'X-Wing', kemOutput: '1,120' },
  { id: 79, name: 'ML-KEM-768', kemOutput: '1,088' },
] as const

for (const { id, name, kemOutput } of suites) {
  test(`a group with ${name}`, { tag: '@long' }, async ({ driver, serveHere, report }) => {
    const page = await Page.withGroup(driver, serveHere)
    expect(await driver.run(postQuantumFiles)).toEqual([])
    await page.select('#suite', String(id))
    const how = driver.engine === 'chromium' ? 'natively' : 'by a plug-in of hpke-js'
    await driver.waitForText('[data-testid="engine"]', `${name} runs here ${how}`)
    await driver.click('#anew [type="submit"]')
    await driver.waitForText('#suite-now', name, { timeout: 30_000 })
    await page.inEpoch(1, founders)
    await page.say('Alice', 'For tomorrow as well', ['Bob'])
    await page.sees('Bob', 'Alice whispers to you')
    // From its record, which has the number of the suite alone.
    await driver.open(`${page.origin}/`)
    await page.inEpoch(1, founders)
    expect(await page.read('Bob')).toBe('For tomorrow as well')
    await page.sees('Alice', '✓ read by Bob')
    await page.press('Carol', 'Renew keys')
    await page.inEpoch(2, founders)
    await page.say('Carol', 'In the next epoch', ['Alice'])
    await page.sees('Alice', 'Carol whispers to you')
    await page.inspect('Bob', '.heard')
    await driver.waitForText('.fields [data-field="encryptedSenderAuthData"]', `the KEM output ${kemOutput}`)
    await driver.waitForText('.alternatives [role="status"]', /measured with ts-mls/)
    expect(await page.attack('tamper', 'ciphertext')).toBe('content')
    report('Where it runs', `demo page, ${name}`, how === 'natively' ? 'yes, natively' : 'yes, by plug-in')
    expect(await driver.consoleErrors()).toEqual([])
  })
}

/** What a visitor who has chosen none has loaded of it. */
const postQuantumFiles = (): string[] =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => /x-wing|ml-kem|post-quantum/.test(name))
