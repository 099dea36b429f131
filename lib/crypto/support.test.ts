import { afterEach, describe, expect, test, vi } from 'vitest'
import { runtimeSuites } from '../../tests/support/runtime.js'
import { allSuites } from '../../tests/support/suites.js'
import { cipherSuite } from './suites.js'
import { isSupported, supportedCipherSuites } from './support.js'

afterEach(() => {
  vi.restoreAllMocks()
})

/** The list of a library that was just loaded. */
async function freshList(): Promise<number[]> {
  vi.resetModules()
  return (await import('./support.js')).supportedCipherSuites()
}

type GenerateKey = (algorithm: { name: string }, ...rest: unknown[]) => Promise<unknown>

describe('supportedCipherSuites', () => {
  test('is what this runtime is known to have', async () => {
    expect(await supportedCipherSuites()).toEqual(runtimeSuites)
  })

  test('each answer is an array of its own', async () => {
    const first = await supportedCipherSuites()
    first.length = 0
    expect(await supportedCipherSuites()).toEqual(runtimeSuites)
  })

  test('asks the engine once', async () => {
    await supportedCipherSuites()
    const generateKey = vi.spyOn(crypto.subtle, 'generateKey')
    const importKey = vi.spyOn(crypto.subtle, 'importKey')
    await supportedCipherSuites()
    expect(generateKey).not.toHaveBeenCalled()
    expect(importKey).not.toHaveBeenCalled()
  })

  test('isSupported answers for one suite', async () => {
    for (const id of allSuites) {
      expect(await isSupported(cipherSuite(id))).toBe(runtimeSuites.includes(id))
    }
  })

  test.each([
    ['X25519', [1, 3]],
    ['Ed25519', [1, 3]],
    ['ECDH', [2, 5, 7]],
    ['ECDSA', [2, 5, 7]],
  ])('an engine without %s loses its suites only', async (missing, lost) => {
    const original = crypto.subtle.generateKey.bind(crypto.subtle) as GenerateKey
    const lacking: GenerateKey = (algorithm, ...rest) =>
      algorithm.name === missing
        ? Promise.reject(new Error('no such algorithm'))
        : original(algorithm, ...rest)
    vi.spyOn(crypto.subtle, 'generateKey').mockImplementation(lacking as never)
    expect(await freshList()).toEqual(runtimeSuites.filter((id) => !lost.includes(id)))
  })

  test('an engine without the AEAD has no suite', async () => {
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new Error('no such algorithm'))
    expect(await freshList()).toEqual([])
  })

  test('an engine that fails now and then has all', async () => {
    vi.spyOn(crypto.subtle, 'generateKey').mockRejectedValueOnce(new Error('OperationError'))
    expect(await freshList()).toEqual(runtimeSuites)
  })
})
