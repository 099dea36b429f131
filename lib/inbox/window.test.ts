import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectCode } from '../../testing/expect-code.js'
import type { KeptEpoch } from './store.js'
import { checkKept, enterEpoch, pruneEpochs, type Window } from './window.js'

const forever = Number.POSITIVE_INFINITY

/** The numbers of the epochs that are kept, after entering these, one second apart. */
function entered(pastEpochs: number, ...epochs: bigint[]): bigint[] {
  let kept: KeptEpoch[] = []
  epochs.forEach((epoch, i) => {
    kept = enterEpoch({ pastEpochs, maxAge: forever }, kept, epoch, 1000 * i)
  })
  return kept.map(({ epoch }) => epoch)
}

describe('enterEpoch', () => {
  test('keeps as many past epochs as wanted, newest first', () => {
    expect(entered(0, 7n, 8n, 9n)).toEqual([9n])
    expect(entered(1, 7n, 8n, 9n)).toEqual([9n, 8n])
    expect(entered(2, 7n, 8n, 9n)).toEqual([9n, 8n, 7n])
    expect(entered(16, ...Array.from({ length: 20 }, (_, i) => BigInt(i)))).toHaveLength(17)
  })

  test('counts epochs that were never entered: the window is a distance', () => {
    expect(entered(2, 7n, 9n)).toEqual([9n, 7n])
    expect(entered(2, 7n, 10n)).toEqual([10n])
    expect(entered(16, 0n, 2n ** 64n - 17n, 2n ** 64n - 1n)).toEqual([2n ** 64n - 1n, 2n ** 64n - 17n])
  })

  test('an epoch entered again is there once', () => {
    expect(entered(2, 7n, 8n, 8n)).toEqual([8n, 7n])
    expect(entered(0, 7n, 7n)).toEqual([7n])
  })

  test('refuses an older epoch, also one that is kept', async () => {
    for (const older of [0n, 6n, 7n]) await expectCode(() => entered(2, 7n, 8n, older), 'invalid-input')
  })

  test('notes when an epoch ended, once', () => {
    const window = { pastEpochs: 3, maxAge: forever }
    const first = enterEpoch(window, [], 7n, 100)
    expect(first).toEqual([{ epoch: 7n, endedAt: undefined }])
    const third = enterEpoch(window, enterEpoch(window, first, 8n, 200), 9n, 300)
    expect(third).toEqual([
      { epoch: 9n, endedAt: undefined },
      { epoch: 8n, endedAt: 300 },
      { epoch: 7n, endedAt: 200 },
    ])
    expect(enterEpoch(window, third, 9n, 400)).toEqual(third)
  })

  test('properties: any epochs at any times', () => {
    const steps = fc.array(fc.tuple(fc.bigInt(0n, 30n), fc.nat(1000)), { maxLength: 20 })
    fc.assert(
      fc.property(fc.nat(16), fc.nat(3000), steps, (pastEpochs, maxAge, list) => {
        const window: Window = { pastEpochs, maxAge }
        const ends = new Map<bigint, number>()
        let kept: KeptEpoch[] = []
        let now = 0
        for (const [epoch, passed] of list) {
          now += passed
          const before = kept
          const current = before[0]?.epoch
          if (current !== undefined && epoch < current) {
            expect(() => enterEpoch(window, before, epoch, now)).toThrow('older')
            continue
          }
          if (current !== undefined && epoch > current) ends.set(current, now)
          kept = enterEpoch(window, before, epoch, now)
          const wanted = [...ends]
            .filter(([past, end]) => epoch - past <= BigInt(pastEpochs) && now - end <= maxAge)
            .map(([past, endedAt]) => ({ epoch: past, endedAt }))
            // What went does not come back, though time or the window would have it again.
            .filter((past) => past.epoch === current || before.some((old) => old.epoch === past.epoch))
          expect(kept).toEqual([{ epoch, endedAt: undefined }, ...wanted.reverse()])
        }
      }),
    )
  })
})

describe('pruneEpochs', () => {
  const epochs = [
    { epoch: 9n, endedAt: undefined },
    { epoch: 8n, endedAt: 300 },
    { epoch: 7n, endedAt: 200 },
  ]
  const kept = (window: Window, now: number) => pruneEpochs(window, epochs, now).map(({ epoch }) => epoch)

  test('by age: to the millisecond, and never the current one', () => {
    const window = { pastEpochs: 16, maxAge: 1000 }
    expect(kept(window, 1200)).toEqual([9n, 8n, 7n])
    expect(kept(window, 1201)).toEqual([9n, 8n])
    expect(kept(window, 1301)).toEqual([9n])
    expect(kept(window, Number.MAX_SAFE_INTEGER)).toEqual([9n])
    expect(kept({ pastEpochs: 16, maxAge: 0 }, 300)).toEqual([9n, 8n])
  })

  test('by number: for an inbox that is opened again with a smaller window', () => {
    expect(kept({ pastEpochs: 1, maxAge: forever }, 1e15)).toEqual([9n, 8n])
    expect(kept({ pastEpochs: 0, maxAge: forever }, 1e15)).toEqual([9n])
    expect(pruneEpochs({ pastEpochs: 0, maxAge: 0 }, [], 0)).toEqual([])
  })

  test('a clock that goes back ends nothing', () => {
    expect(kept({ pastEpochs: 16, maxAge: 1000 }, -1e6)).toEqual([9n, 8n, 7n])
  })
})

test('checkKept says what is wrong with the epoch of a message', async () => {
  const epochs = [
    { epoch: 9n, endedAt: undefined },
    { epoch: 7n, endedAt: 200 },
  ]
  checkKept(epochs, 9n)
  checkKept(epochs, 7n)
  await expectCode(() => checkKept([], 9n), 'unknown-group')
  for (const gone of [8n, 6n, 0n]) await expectCode(() => checkKept(epochs, gone), 'epoch-expired')
  for (const ahead of [10n, 2n ** 64n - 1n]) await expectCode(() => checkKept(epochs, ahead), 'epoch-ahead')
})
