import { describe, expect, test, vi } from 'vitest'
import { GroupCommit } from './group-commit.js'

const nextTask = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('GroupCommit', () => {
  test('who is alone is not kept waiting; who comes meanwhile shares the next commit', async () => {
    const commit = vi.fn(async (items: readonly number[]) => {
      await nextTask()
      return items.map((item) => item * 2)
    })
    const group = new GroupCommit(commit)
    const first = group.add(1)
    expect(commit.mock.calls).toEqual([[[1]]])
    const results = await Promise.all([first, group.add(2), group.add(3)])
    expect(results).toEqual([2, 4, 6])
    expect(commit.mock.calls).toEqual([[[1]], [[2, 3]]])
    expect(await group.add(4)).toBe(8)
    expect(commit).toHaveBeenCalledTimes(3)
  })

  test('a commit that fails is the failure of all who share it, and of nobody else', async () => {
    const failure = new Error('no')
    const commit = vi.fn(async (items: readonly number[]) => {
      await nextTask()
      if (items.includes(2)) throw failure
      return items
    })
    const group = new GroupCommit(commit)
    const results = await Promise.allSettled([group.add(1), group.add(2), group.add(3)])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(await group.add(4)).toBe(4)
  })

  test('a commit that throws at once, and one that gives too little', async () => {
    const failure = new Error('at once')
    const throwing = new GroupCommit<number, number>(() => {
      throw failure
    })
    await expect(throwing.add(1)).rejects.toBe(failure)
    expect(await new GroupCommit<number, number>(async () => []).add(1)).toBeUndefined()
  })

  test('commits are not without end', async () => {
    const sizes: number[] = []
    const group = new GroupCommit(async (items: readonly number[]) => {
      sizes.push(items.length)
      await nextTask()
      return items
    })
    await Promise.all(Array.from({ length: 2500 }, (_, i) => group.add(i)))
    expect(sizes).toEqual([1, 1024, 1024, 451])
  })
})
