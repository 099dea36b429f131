import { persistently } from '../tests/support/persistently.js'
import type { Candidate, Operation } from './candidate.js'
import { floor } from './floor.js'
import { median } from './measure.js'
import { ours } from './ours.js'
import { makeWorld } from './world.js'

/** One call of SubtleCrypto on the way of a message, in microseconds from the beginning of the operation. */
export type ProfileRow = {
  readonly operation: Operation
  readonly candidate: string
  readonly call: string
  readonly begins: number
  /** How long the call itself held the thread, before it returned its promise. */
  readonly holds: number
  /** When its promise resolved. */
  readonly done: number
}

/** How often each operation is watched. */
export const PROFILE_TIMES = 2000

const methods = [
  'decrypt',
  'deriveBits',
  'deriveKey',
  'encrypt',
  'exportKey',
  'generateKey',
  'importKey',
  'sign',
  'verify',
] as const

interface Call {
  readonly call: string
  readonly begins: number
  holds: number
  done: number
}

/** When each call of SubtleCrypto begins and ends, in this library and in the floor, in turn; medians. */
export async function profile(cipherSuite: number, times: number): Promise<ProfileRow[]> {
  const world = await makeWorld(cipherSuite, 256)
  const candidates: Candidate[] = [...(await ours('00')(world)), ...(await persistently(() => floor(world)))]
  // Imports the keys that are imported on first use.
  for (const { run } of candidates) await persistently(run)
  const runs = new Map<Candidate, Call[][]>(candidates.map((candidate) => [candidate, []]))
  for (let time = 0; time < times; time += 1) {
    for (const candidate of candidates)
      runs.get(candidate)?.push(await persistently(() => recorded(candidate)))
  }
  return candidates.flatMap((candidate) => {
    const all = runs.get(candidate) ?? []
    const of = (i: number, key: 'begins' | 'holds' | 'done'): number =>
      1000 * median(all.map((calls) => calls[i]?.[key] ?? Number.NaN))
    return (all[0] ?? []).map(({ call }, i) => ({
      operation: candidate.operation,
      candidate: candidate.name,
      call,
      begins: of(i, 'begins'),
      holds: of(i, 'holds'),
      done: of(i, 'done'),
    }))
  })
}

/** Runs the candidate once and notes the time of each call. */
async function recorded({ run }: Candidate): Promise<Call[]> {
  const calls: Call[] = []
  const { prototype } = SubtleCrypto
  const originals = methods.map((name) => Object.getOwnPropertyDescriptor(prototype, name))
  const start = performance.now()
  const now = (): number => performance.now() - start
  for (const [i, name] of methods.entries()) {
    const original: unknown = originals[i]?.value
    if (typeof original !== 'function') throw new Error(`SubtleCrypto has no ${name}`)
    const value = (...given: unknown[]): Promise<unknown> => {
      const call: Call = { call: `${name} ${algorithmOf(given)}`.trim(), begins: now(), holds: 0, done: 0 }
      calls.push(call)
      const result: Promise<unknown> = Reflect.apply(original, crypto.subtle, given)
      call.holds = now() - call.begins
      const done = (): void => {
        call.done = now()
      }
      result.then(done, done)
      return result
    }
    Object.defineProperty(prototype, name, { ...originals[i], value })
  }
  try {
    await run()
    return calls
  } finally {
    for (const [i, name] of methods.entries()) Object.defineProperty(prototype, name, originals[i] ?? {})
  }
}

/** `importKey` and `exportKey` take the format first. */
function algorithmOf([first, , third]: readonly unknown[]): string {
  const algorithm = typeof first === 'string' && first !== 'HMAC' ? third : first
  if (typeof algorithm === 'object' && algorithm !== null && 'name' in algorithm)
    return String(algorithm.name)
  return typeof algorithm === 'string' ? algorithm : ''
}
