import { expect, test } from './fixtures.js'
import { libraryInNode } from './package/served.js'
import { referencePair } from './reference.js'
import { callerErrors } from './tasks/caller-errors.js'

test('only TargetedMessageErrors leave the library, the same ones as in Node', async ({
  driver,
  openSuite,
  report,
}) => {
  const { bob } = referencePair('02', 2)
  await openSuite()
  const codes = await driver.run((given) => tasks.callerErrors(library, given), bob)
  expect(codes).toEqual(await callerErrors(await libraryInNode(), bob))
  for (const [mistake, code] of Object.entries(codes)) expect(`${mistake}: ${code}`).toMatch(/: [a-z-]+$/)
  expect(Object.keys(codes).length).toBeGreaterThan(25)
  report('Guards', 'every mistake of a caller gets its TargetedMessageError', 'yes')
})
