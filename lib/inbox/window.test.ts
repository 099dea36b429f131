import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectCode } from '../../tests/support/expect-code.js'
import type { InboxWindow, KeptGroup } from './store.js'
import { checkKept, enterEpoch, isDue, pruneGroup } from './window.js'

const forever = Number.POSITIVE_INFINITY
const groupId = Uint8Array.of(1, 2)

const enter = (group: KeptGroup | undefined, window: InboxWindow, epoch: bigint, now: number) =>
  enterEpoch(group, window, { groupId, leafIndex: 1, epoch }, now)

const ends = (group: KeptGroup) => group.epochs.map(({ epoch, endedAt }) => ({ epoch, endedAt }))

/** The numbers of the epochs that are kept, after entering these, one second apart. */
function entered(pastEpochs: number, ...epochs: bigint[]): bigint[] | undefined {
  let group: KeptGroup | undefined
  epochs.forEach((epoch, i) => {
    group = enter(group, { pastEpochs, maxAge: forever }, epoch, 1000 * i)
  })
  return group?.epochs.map(({ epoch }) => epoch)
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

  test('an older epoch, and another leaf, are refused', async () => {
    const window = { pastEpochs: 3, maxAge: forever }
    const group = enter(undefined, window, 7n, 0)
    await expectCode(() => enter(group, window, 6n, 0), 'invalid-input')
    const other = { groupId, leafIndex: 0, epoch: 8n }
    const { message } = await expectCode(() => enterEpoch(group, window, other, 0), 'invalid-input')
    expect(message).toMatch(/^the epoch belongs to leaf 0, and the inbox is in this group as leaf 1/)
  })

  test('an epoch ends when the next one is entered, and not again', () => {
    const window = { pastEpochs: 16, maxAge: forever }
    const third = enter(enter(enter(undefined, window, 7n, 100), window, 8n, 200), window, 9n, 300)
    const wanted = [
      { epoch: 9n, endedAt: undefined },
      { epoch: 8n, endedAt: 300 },
      { epoch: 7n, endedAt: 200 },
    ]
    expect(ends(third)).toEqual(wanted)
    expect(ends(enter(third, window, 9n, 400))).toEqual(wanted)
  })

  test('a stamp is new when its epoch is entered or ends, and stays otherwise', () => {
    const window = { pastEpochs: 16, maxAge: forever }
    const stamps = (group: KeptGroup) => group.epochs.map(({ stamp }) => stamp)
    const first = enter(undefined, window, 7n, 100)
    const second = enter(first, window, 8n, 200)
    const third = enter(second, window, 9n, 300)
    expect(stamps(third)[2]).toBe(stamps(second)[1])
    const again = enter(third, window, 9n, 300)
    expect(stamps(again).slice(1)).toEqual(stamps(third).slice(1))
    const all = [first, second, third, again].flatMap(stamps)
    expect(new Set(all).size).toBe(6)
    for (const stamp of all) expect(stamp).toMatch(/^[\w-]{16}$/)
  })

  test('properties: any epochs at any times', () => {
    const steps = fc.array(fc.tuple(fc.bigInt(0n, 30n), fc.nat(1000)), { maxLength: 20 })
    fc.assert(
      fc.property(fc.nat(16), fc.nat(3000), steps, (pastEpochs, maxAge, list) => {
        const window: InboxWindow = { pastEpochs, maxAge }
        const ended = new Map<bigint, number>()
        let group: KeptGroup | undefined
        let now = 0
        for (const [epoch, passed] of list) {
          now += passed
          const before = group
          const current = before?.epochs[0]?.epoch
          if (current !== undefined && epoch < current) {
            expect(() => enter(before, window, epoch, now)).toThrow('older')
            continue
          }
          if (current !== undefined && epoch > current) ended.set(current, now)
          group = enter(before, window, epoch, now)
          const wanted = [...ended]
            .filter(([past, end]) => epoch - past <= BigInt(pastEpochs) && now - end <= maxAge)
            .map(([past, endedAt]) => ({ epoch: past, endedAt }))
            // What went does not come back, though time or the window would have it again.
            .filter(
              (past) => past.epoch === current || before?.epochs.some((old) => old.epoch === past.epoch),
            )
          expect(ends(group)).toEqual([{ epoch, endedAt: undefined }, ...wanted.reverse()])
        }
      }),
    )
  })
})

describe('pruneGroup', () => {
  const group: KeptGroup = {
    groupId,
    leafIndex: 1,
    epochs: [
      { epoch: 9n, endedAt: undefined, stamp: 'c' },
      { epoch: 8n, endedAt: 300, stamp: 'b' },
      { epoch: 7n, endedAt: 200, stamp: 'a' },
    ],
  }
  const kept = (window: InboxWindow, now: number) => {
    const pruned = pruneGroup(group, window, now)
    expect(isDue(group, window, now)).toBe(pruned.epochs.length < group.epochs.length)
    return pruned.epochs.map(({ epoch }) => epoch)
  }

  test('by age: to the millisecond, and never the current one', () => {
    const window = { pastEpochs: 16, maxAge: 1000 }
    expect(kept(window, 1200)).toEqual([9n, 8n, 7n])
    expect(kept(window, 1201)).toEqual([9n, 8n])
    expect(kept(window, 1301)).toEqual([9n])
    expect(kept(window, Number.MAX_SAFE_INTEGER)).toEqual([9n])
    expect(kept({ pastEpochs: 16, maxAge: 0 }, 300)).toEqual([9n, 8n])
  })

  test('never by number', () => {
    expect(kept({ pastEpochs: 0, maxAge: forever }, 1e15)).toEqual([9n, 8n, 7n])
  })

  test('an end that is still to come is now, under another stamp; other ends stay', () => {
    const window = { pastEpochs: 16, maxAge: 1000 }
    expect(isDue(group, window, 250)).toBe(true)
    const [, eight, seven] = pruneGroup(group, window, 250).epochs
    expect(eight).toMatchObject({ epoch: 8n, endedAt: 250 })
    expect(eight?.stamp).not.toBe('b')
    expect(seven).toEqual({ epoch: 7n, endedAt: 200, stamp: 'a' })
    expect(isDue(group, window, 300)).toBe(false)
  })
})

test('checkKept says what is wrong with the epoch of a message', async () => {
  const epochs = [
    { epoch: 9n, endedAt: undefined, stamp: 'b' },
    { epoch: 7n, endedAt: 200, stamp: 'a' },
  ]
  const group: KeptGroup = { groupId, leafIndex: 1, epochs }
  expect(checkKept(group, groupId, 9n)).toEqual({ group, kept: epochs[0] })
  expect(checkKept(group, groupId, 7n)).toEqual({ group, kept: epochs[1] })
  await expectCode(() => checkKept(undefined, groupId, 9n), 'unknown-group')
  await expectCode(() => checkKept({ ...group, epochs: [] }, groupId, 9n), 'unknown-group')
  for (const gone of [8n, 6n, 0n]) await expectCode(() => checkKept(group, groupId, gone), 'epoch-expired')
  for (const ahead of [10n, 2n ** 64n - 1n])
    await expectCode(() => checkKept(group, groupId, ahead), 'epoch-ahead')
  await expectCode(() => checkKept(group, Uint8Array.of(0, ...groupId), 9n), 'storage')
})
