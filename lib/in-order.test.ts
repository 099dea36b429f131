import { describe, expect, test } from 'vitest'
import { unhandledRejections } from '../tests/support/unhandled-rejections.js'
import { inOrder } from './in-order.js'

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const count = (length: number) => Array.from({ length }, (_, i) => i)

/** Maps to itself, later items the sooner, and remembers how many were under way at most. */
function meter(failAt?: number) {
  const seen = { started: 0, active: 0, most: 0 }
  const map = async (item: number) => {
    seen.started++
    seen.most = Math.max(seen.most, ++seen.active)
    await wait(5 - (item % 5))
    seen.active--
    if (item === failAt) throw new Error(`failed at ${item}`)
    return item
  }
  return { seen, map }
}

async function collect(results: AsyncIterable<number>, limit = Number.POSITIVE_INFINITY): Promise<number[]> {
  const collected: number[] = []
  for await (const result of results) {
    collected.push(result)
    if (collected.length === limit) break
  }
  return collected
}

describe('inOrder', () => {
  test.each([1, 2, 3, 7, 20, 100])('%i at a time: in order, and no more than that', async (concurrency) => {
    const { seen, map } = meter()
    expect(await collect(inOrder(count(20), concurrency, map))).toEqual(count(20))
    expect(seen.most).toBe(Math.min(concurrency, 20))
  })

  test('nothing of nothing', async () => {
    expect(await collect(inOrder([], 3, meter().map))).toEqual([])
  })

  test('starts nothing before it is asked, and no more than is wanted', async () => {
    const { seen, map } = meter()
    const results = inOrder(count(20), 3, map)
    await wait(5)
    expect(seen.started).toBe(0)
    await results.next()
    expect(seen.started).toBe(3)
    await results.next()
    expect(seen.started).toBe(4)
    await results.return()
  })

  test('stops when the caller does', async () => {
    const { seen, map } = meter()
    expect(await unhandledRejections(() => collect(inOrder(count(20), 4, map), 2))).toEqual([])
    expect(seen.started).toBe(5)
  })

  test.each([1, 4, 20])(
    '%i at a time: what came before a failure is given, then the failure',
    async (concurrency) => {
      const { seen, map } = meter(6)
      const given: number[] = []
      const action = async () => {
        await expect(async () => {
          for await (const item of inOrder(count(20), concurrency, map)) given.push(item)
        }).rejects.toThrow('failed at 6')
      }
      expect(await unhandledRejections(action)).toEqual([])
      expect(given).toEqual(count(6))
      expect(seen.started).toBeLessThanOrEqual(6 + concurrency)
    },
  )

  test("a failure behind the place where the caller stops is nobody's concern", async () => {
    const { map } = meter(3)
    expect(await unhandledRejections(() => collect(inOrder(count(20), 8, map), 1))).toEqual([])
  })
})
