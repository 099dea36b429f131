import { describe, expect, test } from 'vitest'
import { unhandledRejections } from '../tests/support/unhandled-rejections.js'
import { BoundedCache } from './bounded-cache.js'

/** A cache of squares that remembers what it had to compute. */
function squares(capacity: number) {
  const cache = new BoundedCache<number, number>(capacity)
  const computed: number[] = []
  const get = (key: number) =>
    cache.get(key, async () => {
      computed.push(key)
      return key * key
    })
  return { get, computed }
}

describe('BoundedCache', () => {
  test('computes once', async () => {
    const { get, computed } = squares(2)
    expect([await get(3), await get(3)]).toEqual([9, 9])
    expect(computed).toEqual([3])
  })

  test('concurrent callers share one computation', async () => {
    const { get, computed } = squares(2)
    expect(await Promise.all(Array.from({ length: 50 }, () => get(4)))).toEqual(Array(50).fill(16))
    expect(computed).toEqual([4])
  })

  test('forgets the least recently used key', async () => {
    const { get, computed } = squares(2)
    for (const key of [1, 2, 1, 3, 1, 2]) await get(key)
    expect(computed).toEqual([1, 2, 3, 2])
  })

  test('serves more keys than it keeps, also at once', async () => {
    const { get, computed } = squares(3)
    const keys = Array.from({ length: 20 }, (_, i) => i)
    expect(await Promise.all(keys.map(get))).toEqual(keys.map((key) => key * key))
    expect(computed).toEqual(keys)
  })

  test('keeps no failure, and all who wait hear of it', async () => {
    const cache = new BoundedCache<string, number>(2)
    let calls = 0
    const failing = async () => {
      calls++
      throw new Error('not today')
    }
    const results = await Promise.allSettled([cache.get('a', failing), cache.get('a', failing)])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(calls).toBe(1)
    expect(await cache.get('a', async () => 1)).toBe(1)
  })

  test('a late failure does not take a newer entry away', async () => {
    const cache = new BoundedCache<string, number>(1)
    let reject: (reason: Error) => void = () => {}
    const late = cache.get(
      'a',
      () =>
        new Promise((_, no) => {
          reject = no
        }),
    )
    await cache.get('b', async () => 2)
    await cache.get('a', async () => 1)
    reject(new Error('late'))
    await expect(late).rejects.toThrow('late')
    expect(await cache.get('a', async () => expect.fail('forgotten'))).toBe(1)
  })

  test('failures take no place of what is kept', async () => {
    const cache = new BoundedCache<number, number>(2)
    const get = (key: number) => cache.get(key, async () => (key < 2 ? key : Promise.reject(new Error('no'))))
    for (const key of [0, 1]) await get(key)
    await Promise.allSettled(Array.from({ length: 20 }, (_, i) => get(i + 2)))
    for (const key of [0, 1]) expect(await cache.get(key, async () => expect.fail('forgotten'))).toBe(key)
  })

  test('a failure that is awaited is no unhandled rejection besides', async () => {
    const cache = new BoundedCache<string, number>(1)
    const failing = () => Promise.reject(new Error('not today'))
    expect(
      await unhandledRejections(() => expect(cache.get('a', failing)).rejects.toThrow('not today')),
    ).toEqual([])
  })
})
