import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { expectCode } from '../../tests/support/expect-code.js'
import { type Exclusively, exclusivelyIn, exclusivelyWith } from './locks.js'
import { MemoryStore } from './memory-store.js'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const pause = () => new Promise((resolve) => setTimeout(resolve, 5))

/** Runs `count` actions of each name at once, and returns when which of them began and ended. */
async function runAll(lockings: [Exclusively, name: string][], count: number): Promise<string[]> {
  const events: string[] = []
  const running = lockings.flatMap(([exclusively, name]) =>
    Array.from({ length: count }, () =>
      exclusively(name, async () => {
        events.push(`${name} begins`)
        await pause()
        events.push(`${name} ends`)
      }),
    ),
  )
  await Promise.all(running)
  return events
}

const inTurn = (count: number): string[] => Array(count).fill(['a begins', 'a ends']).flat()

const ways: [string, (name: string) => Exclusively][] = [
  ['of a database without Web Locks', exclusivelyIn],
  ['of a store', () => exclusivelyWith(store)],
]
let store: MemoryStore
beforeEach(() => {
  store = new MemoryStore()
  vi.stubGlobal('navigator', {})
})

describe.each(ways)('a lock %s', (_, exclusivelyOf) => {
  test('one action after another, also by others that share it', async () => {
    const [one, two] = [exclusivelyOf('database'), exclusivelyOf('database')]
    const events = await runAll(
      [
        [one, 'a'],
        [two, 'a'],
      ],
      3,
    )
    expect(events).toEqual(inTurn(6))
  })

  test('who comes while another one waits, waits as well', async () => {
    const exclusively = exclusivelyOf('database')
    const events: string[] = []
    const run = (ms: number) =>
      exclusively('a', async () => {
        events.push('a begins')
        await new Promise((resolve) => setTimeout(resolve, ms))
        events.push('a ends')
      })
    const [first, second] = [run(1), run(50)]
    await first
    await pause()
    await Promise.all([second, run(1)])
    expect(events).toEqual(inTurn(3))
  })

  test('other names do not wait', async () => {
    const exclusively = exclusivelyOf('database')
    const events = await runAll(
      [
        [exclusively, 'a'],
        [exclusively, 'b'],
      ],
      1,
    )
    expect(events.slice(0, 2)).toEqual(['a begins', 'b begins'])
  })

  test('gives the result or the error, and goes on', async () => {
    const exclusively = exclusivelyOf('database')
    const failure = new Error('no room')
    const failing = exclusively('a', () => Promise.reject(failure))
    const next = exclusively('a', async () => 7)
    await expect(failing).rejects.toBe(failure)
    expect(await next).toBe(7)
  })

  test('is forgotten once it is free', async () => {
    const set = vi.spyOn(Map.prototype, 'set')
    const exclusively = exclusivelyOf('database')
    const running = [exclusively('a', pause), exclusively('a', () => Promise.reject(new Error('no')))]
    const at = set.mock.calls.findIndex(([key]) => String(key).endsWith('a'))
    const [locks, key] = [set.mock.contexts[at], set.mock.calls[at]?.[0]]
    set.mockRestore()
    expect(Object(locks).has(key)).toBe(true)
    await Promise.allSettled(running)
    expect(Object(locks).has(key)).toBe(false)
  })
})

test('other databases and other stores do not wait', async () => {
  for (const [one, two] of [
    [exclusivelyIn('one'), exclusivelyIn('two')],
    [exclusivelyWith(store), exclusivelyWith(new MemoryStore())],
  ] as const) {
    const events = await runAll(
      [
        [one, 'a'],
        [two, 'a'],
      ],
      1,
    )
    expect(events.slice(0, 2)).toEqual(['a begins', 'a begins'])
  }
})

describe('a lock of a database with Web Locks', () => {
  /** Node 20 has none; `browser-tests/inbox` uses those of the engines. */
  const grant = async (_name: string, action: () => Promise<void>): Promise<void> => action()
  const withLocks = (request: typeof grant) => {
    const spy = vi.fn(request)
    vi.stubGlobal('navigator', { locks: { request: spy } })
    return { spy, exclusively: exclusivelyIn('messages') }
  }

  test('is asked for by the name of the database and of what is locked, and gives the result', async () => {
    const { spy, exclusively } = withLocks(grant)
    expect(await exclusively('a', async () => 'done')).toBe('done')
    expect(spy.mock.calls.map(([name]) => name)).toEqual(['mls-targeted-messages messages a'])
  })

  test("what the action throws comes out as it is, and the browser's refusal is storage", async () => {
    const failure = new Error('no room')
    await expect(withLocks(grant).exclusively('a', () => Promise.reject(failure))).rejects.toBe(failure)
    const { exclusively } = withLocks(() => Promise.reject(new DOMException('no', 'SecurityError')))
    const { message } = await expectCode(
      exclusively('a', async () => expect.fail('not locked')),
      'storage',
    )
    expect(message).toBe('the browser did not grant a lock')
  })
})
