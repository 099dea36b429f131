import { afterEach, expect, test, vi } from 'vitest'
import { breathe } from './breathe.js'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const nothing = async (): Promise<void> => {}

// First, because the others set the clock forward.
test('another task runs meanwhile', async () => {
  const clock = performance.now.bind(performance)
  let others = 0
  const timer = setInterval(() => {
    others += 1
  })
  try {
    for (let i = 0; i < 1_000 && others < 3; i += 1) {
      const start = clock()
      while (clock() - start < 1);
      await breathe(nothing)
    }
  } finally {
    clearInterval(timer)
  }
  expect(others).toBe(3)
})

/** A clock that stands still unless it is set, and counts how often the thread is let go. */
function stubClock() {
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
  return clock
}

test('calls that follow each other let the thread go every 8 ms', async () => {
  const clock = stubClock()
  for (let moment = 0; moment <= 80; moment += 1) {
    clock.now = 1_000_000 + moment
    await breathe(nothing)
  }
  expect(clock.pauses).toBe(11)
})

test('of calls that take a millisecond each, 8 have the thread in one go, however many are in flight', async () => {
  const clock = stubClock()
  clock.now = 2_000_000
  const ran: string[] = []
  const call = (i: number) => async (): Promise<number> => {
    ran.push(`${i} after ${clock.pauses}`)
    clock.now += 1
    return i
  }
  const all = Array.from({ length: 1_000 }, (_, i) => i)
  expect(await Promise.all(all.map((i) => breathe(call(i))))).toEqual(all)
  // In the order of their coming.
  expect(ran).toEqual(all.map((i) => `${i} after ${1 + Math.floor(i / 8)}`))
})

test('one that takes longer than that does not keep the others from their turn', async () => {
  const clock = stubClock()
  clock.now = 3_000_000
  const long = async (): Promise<void> => {
    clock.now += 100
  }
  await Promise.all([long, long, long].map(breathe<void>))
  expect(clock.pauses).toBe(3)
})

test('what the call throws is thrown, also later', async () => {
  const clock = stubClock()
  clock.now = 4_000_000
  const failing = (): Promise<never> => Promise.reject(new Error('no'))
  const results = await Promise.allSettled([breathe(failing), breathe(failing)])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(clock.pauses).toBe(1)
  await expect(breathe(failing)).rejects.toThrow('no')
  expect(clock.pauses).toBe(1)
})
