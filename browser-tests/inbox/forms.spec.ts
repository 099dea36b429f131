/** Databases that another version of the library has made, or that belong to somebody else. */

import { expect, test } from './fixtures.js'

const database = 'other form'
const at = { database }

test('a database of an older form is refused, and stays as it was', async ({ driver, pageUrl }) => {
  await driver.open(pageUrl)
  await driver.run((name) => inboxTasks.makeOldDatabase(name), database)
  const before = await driver.run((name) => inboxTasks.describeDatabase(name), database)
  expect(before).toMatch(/^\[1,/)
  for (let time = 1; time <= 2; time++) {
    const refused = await driver.run((name) => inboxTasks.refusalToOpen(name), database)
    expect(refused).toEqual({
      code: 'storage',
      sentences: expect.stringMatching(/was made by an older version of this library: delete it/),
    })
  }
  expect(await driver.run((name) => inboxTasks.describeDatabase(name), database)).toBe(before)
  // As the error tells the user: delete it. That it can be deleted says that nobody has kept it open.
  await driver.run((name) => inboxTasks.deleteDatabase(name), database)
  expect(await driver.run((given) => inboxTasks.open(given), at)).toBe('opened')
  expect(await driver.consoleErrors()).toEqual([])
})

test('one of an older form that another page does not let go of', async ({ driver, pageUrl }) => {
  const other = await driver.newPage()
  await driver.open(pageUrl)
  await other.open(pageUrl)
  await other.run((name) => inboxTasks.makeOldDatabase(name), database)
  const before = await other.run((name) => inboxTasks.describeDatabase(name), database)
  await other.run((name) => inboxTasks.holdDatabase(name), database)
  expect(await driver.run((given) => inboxTasks.open(given), at)).toBe('storage')
  await other.open(pageUrl)
  expect(await driver.run((given) => inboxTasks.open(given), at)).toBe('storage')
  expect(await other.run((name) => inboxTasks.describeDatabase(name), database)).toBe(before)
  expect([...(await driver.consoleErrors()), ...(await other.consoleErrors())]).toEqual([])
})

test('a database of a newer form is refused, and stays as it was', async ({ driver, pageUrl }) => {
  await driver.open(pageUrl)
  expect(await driver.run((given) => inboxTasks.open(given), at)).toBe('opened')
  await driver.run((given) => inboxTasks.close(given), at)
  await driver.run((name) => inboxTasks.openHigher(name), database)
  const before = await driver.run((name) => inboxTasks.describeDatabase(name), database)
  expect(before).toMatch(/^\[99,/)
  expect(await driver.run((name) => inboxTasks.refusalToOpen(name), database)).toEqual({
    code: 'storage',
    sentences: expect.stringMatching(/^the database other form cannot be opened/),
  })
  expect(await driver.run((name) => inboxTasks.describeDatabase(name), database)).toBe(before)
  await driver.run((name) => inboxTasks.deleteDatabase(name), database)
  expect(await driver.consoleErrors()).toEqual([])
})
