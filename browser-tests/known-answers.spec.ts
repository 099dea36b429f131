import { expect, test } from './fixtures.js'
import { givenKnownAnswers } from './known-answers.js'
import { revisions } from './tasks/library.js'

test('opens the known answers of other implementations', async ({ driver, openSuite, report }) => {
  const answers = revisions.map(givenKnownAnswers)
  test.skip(answers.includes(undefined), 'the vectors are not there: ../shared/vectors')
  await openSuite()
  let opened = 0
  for (const answer of answers) {
    if (answer === undefined) continue
    const outcomes = await driver.run((given) => tasks.openEntries(library, given), answer.given)
    expect(outcomes).toEqual(answer.expected)
    opened += outcomes.length
  }
  expect(opened).toBe(9)
  report('Suite 1', 'known answers of other implementations', `${opened} opened`)
})
