import { vi } from 'vitest'

const methods = [
  'decrypt',
  'deriveBits',
  'deriveKey',
  'digest',
  'encrypt',
  'exportKey',
  'generateKey',
  'importKey',
  'sign',
  'unwrapKey',
  'verify',
] as const

type Method = (typeof methods)[number]

/** The arguments and the result of each call, per method. */
export type SubtleCalls = Record<Method, { arguments: unknown[]; result: unknown }[]>

/** Runs `action` and returns what it asked of SubtleCrypto, also when it fails. */
export async function subtleCalls(action: () => Promise<unknown>): Promise<SubtleCalls> {
  const spies = methods.map((method) => vi.spyOn(crypto.subtle, method))
  try {
    await action().catch(() => {})
    const calls = spies.map(async ({ mock }, i) => {
      const results = await Promise.allSettled(mock.results.map(({ value }) => value))
      return [
        methods[i],
        mock.calls.map((call, n) => ({
          arguments: [...call],
          result: results[n]?.status === 'fulfilled' ? results[n].value : undefined,
        })),
      ]
    })
    return Object.fromEntries(await Promise.all(calls))
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

/** How many calls there were, of any method. */
export const callCount = (calls: SubtleCalls): number => Object.values(calls).flat().length

/** Waits for what is left under way of messages that were refused: a KEM still decapsulates when the signature has failed. */
export async function subtleSettled(): Promise<void> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 10))
  while (callCount(await subtleCalls(pause)) > 0);
}
