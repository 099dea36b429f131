import { expect, test } from 'vitest'
import { licences } from '../scripts/licences.js'

test('the library needs no other package', () => {
  const shipped = licences().filter(({ isTool }) => !isTool)
  expect(shipped).toEqual([])
})

test('every package has a licence that was looked at', () => {
  const all = licences()
  expect(all.length).toBeGreaterThan(200)
  const unknown = all.filter(({ isKnown }) => !isKnown)
  expect(unknown, 'look at each licence, then name it in scripts/licences.js').toEqual([])
})
