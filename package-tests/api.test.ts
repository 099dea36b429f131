/** What is public does not change by accident, and all of it is documented. */

import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { apiReports } from '../scripts/api-report.js'

test('the API is as its report says', () => {
  expect(
    apiReports('compare'),
    'the public API is not what docs/api-report says: if it is meant to change, run `npm run api` and commit the difference',
  ).toEqual([])
})

test('every export and member is documented', () => {
  // What is missing is told on stderr.
  const typedoc = ['node_modules/typedoc/bin/typedoc', '--emit', 'none']
  expect(() => execFileSync(process.execPath, typedoc, { stdio: 'inherit' })).not.toThrow()
})
