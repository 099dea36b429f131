import { afterEach, expect, test, vi } from 'vitest'
import { breathe } from './breathe.js'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

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
      await breathe()
    }
  } finally {
    clearInterval(timer)
  }
  expect(others).toBe(3)
})

/** How often the thread is let go while so many messages at a time come at these moments, in milliseconds. */
async function pausesAt(moments: readonly number[], inFlight = 1): Promise<number> {
  const Real = MessageChannel
  let pauses = 0
  vi.stubGlobal(
    'MessageChannel',
    class extends Real {
      constructor() {
        super()
        pauses += 1
      }
    },
  )
  const now = vi.spyOn(performance, 'now')
  for (const moment of moments) {
    now.mockReturnValue(1_000_000 + moment)
    await Promise.all(Array.from({ length: inFlight }, breathe))
  }
  return pauses
}

const every = (step: number, count: number): number[] => Array.from({ length: count }, (_, i) => i * step)

test('messages that follow each other let the thread go every 16 ms', async () => {
  expect(await pausesAt(every(1, 161))).toBe(11)
})

test('messages within 16 ms wait once', async () => {
  expect(await pausesAt(every(1, 16).map((moment) => moment + 2_000_000))).toBe(1)
})

test('messages in flight wait together', async () => {
  expect(await pausesAt([4_000_000], 64)).toBe(1)
})
