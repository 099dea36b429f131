import { afterEach, expect, test, vi } from 'vitest'
import { withPauses } from './pauses.js'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** Holds the thread for a millisecond, as Chromium's SubtleCrypto does. */
async function hold(): Promise<void> {
  const start = performance.now()
  while (performance.now() - start < 1);
}

test('another task runs meanwhile', async () => {
  let others = 0
  const timer = setInterval(() => {
    others += 1
  })
  try {
    for (let i = 0; i < 1_000 && others < 3; i += 1) await withPauses(hold)
  } finally {
    clearInterval(timer)
  }
  expect(others).toBe(3)
})

/** A clock that stands still unless it is set, and counts how often the thread is let go. */
async function stubClock() {
  const Real = MessageChannel
  const clock = { now: 0, pauses: 0 }
  vi.stubGlobal(
    'MessageChannel',
    class extends Real {
      constructor() {
        super()
        clock.pauses += 1
      }
    },
  )
  vi.spyOn(performance, 'now').mockImplementation(() => clock.now)
  const take = (milliseconds: number) => async (): Promise<void> => {
    clock.now += milliseconds
  }
  vi.resetModules()
  return { clock, take, ...(await import('./pauses.js')) }
}

test('calls that hold the thread one after another let it go every 4 ms', async () => {
  const { clock, take, withPauses } = await stubClock()
  for (let call = 0; call < 41; call += 1) await withPauses(take(1))
  expect(clock.pauses).toBe(10)
})

test('what passes between the calls is not on their account: other engines work in other threads', async () => {
  const { clock, take, withPauses } = await stubClock()
  for (let call = 0; call < 39; call += 1) {
    await withPauses(take(0.1))
    clock.now += 100
  }
  expect(clock.pauses).toBe(0)
})

test('of calls that take a millisecond each, 4 have the thread in one go, however many are in flight', async () => {
  const { clock, take, withPauses } = await stubClock()
  const ran: string[] = []
  const call = (i: number) => async (): Promise<number> => {
    ran.push(`${i} after ${clock.pauses}`)
    await take(1)()
    return i
  }
  const all = Array.from({ length: 1_000 }, (_, i) => i)
  expect(await Promise.all(all.map((i) => withPauses(call(i))))).toEqual(all)
  // In the order of their coming.
  expect(ran).toEqual(all.map((i) => `${i} after ${Math.floor(i / 4)}`))
})

test('calls that take longer than that have the thread one at a time', async () => {
  const { clock, take, withPauses } = await stubClock()
  await Promise.all([take(100), take(100), take(100)].map(withPauses<void>))
  expect(clock.pauses).toBe(2)
})

test('what the call throws is thrown, now and later', async () => {
  const { clock, take, withPauses } = await stubClock()
  const failing = (): Promise<never> => Promise.reject(new Error('no'))
  await expect(withPauses(failing)).rejects.toThrow('no')
  const all = [take(4), failing, failing].map((call) => withPauses<void>(call))
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
  ])
  expect(clock.pauses).toBe(1)
})

test('an action that goes on holding the thread after its promise is counted to its end, and once', async () => {
  const { clock, take, withPausesInTurn } = await stubClock()
  const half = take(0.5)
  for (let call = 0; call < 41; call += 1) {
    await withPausesInTurn(async () => {
      await half()
      await half()
    })
  }
  expect(clock.pauses).toBe(10)
})

test('such actions run one at a time, also after one that failed', async () => {
  const { withPausesInTurn } = await stubClock()
  let running = 0
  const one = async (i: number): Promise<number> => {
    running += 1
    expect(running).toBe(1)
    await new Promise((resolve) => setTimeout(resolve))
    running -= 1
    if (i === 1) throw new Error('no')
    return i
  }
  const all = await Promise.allSettled([0, 1, 2].map((i) => withPausesInTurn(() => one(i))))
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})
