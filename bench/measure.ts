import { Bench } from 'tinybench'
import { persistently } from '../tests/support/persistently.js'
import type { Candidate, Maker, Operation } from './candidate.js'
import { floor } from './floor.js'
import { hpkeJs } from './hpke-js.js'
import { noble } from './noble.js'
import { ours } from './ours.js'
import type { Row } from './results.js'
import { newGroup, wholeGroup } from './ts-mls.js'
import { makeWorld } from './world.js'

/** Everything that is compared. Ratios are relative to the first. */
const makers: readonly Maker[] = [
  ours('00'),
  hpkeJs,
  floor,
  ours('01'),
  ours('02'),
  noble,
  newGroup,
  wholeGroup,
]

export type Mode = 'one after another' | '64 in flight'

/** The parts of a run: many short rounds, because within a round the machine is in the same state for all. */
export const plan = (rounds: number, cipherSuites: readonly number[] = [1, 2]): MeasureOptions[] =>
  cipherSuites.flatMap((cipherSuite) => [
    { cipherSuite, mode: 'one after another', rounds, time: 15 },
    // Each batch has eight times as much work.
    { cipherSuite, mode: '64 in flight', rounds: Math.ceil(rounds / 4), time: 8 * 15 },
  ])

export interface MeasureOptions {
  readonly cipherSuite: number
  readonly mode: Mode
  readonly rounds: number
  /** Milliseconds for each candidate in each round. */
  readonly time: number
}

const operations: readonly Operation[] = ['seal', 'open', 'both ends']

/** Milliseconds for each candidate before the first round, so that the engine has compiled it. */
const WARMUP = 400

/** In bytes. */
export const DATA_LENGTH = 256

/** All that is compared in suites 1 and 2. */
export async function measure(options: MeasureOptions): Promise<Row[]> {
  const world = await makeWorld(options.cipherSuite, DATA_LENGTH)
  const all: Candidate[] = []
  for (const make of makers) {
    try {
      all.push(...(await persistently(() => make(world))))
    } catch (error) {
      // In suite 2, joining a group of ts-mls 1.6 fails in two engines.
      if (make !== newGroup && make !== wholeGroup) throw error
    }
  }
  return compare(all, options)
}

/**
 * Rounds in which every candidate has its turn, so that other load on the machine affects all alike. A row's time is
 * the median of the rounds, its ratio the median of the rounds' ratios. Ratios are relative to the first candidate of each
 * operation.
 */
export async function compare(
  all: readonly Candidate[],
  { cipherSuite, mode, rounds, time }: MeasureOptions,
): Promise<Row[]> {
  const able = mode === '64 in flight' ? all.filter(({ oneAtATime }) => !oneAtATime) : all
  // Candidates with the same operation side by side.
  const candidates = operations.flatMap((operation) => able.filter((each) => each.operation === operation))
  const samples = new Map<Candidate, number[]>(candidates.map((candidate) => [candidate, []]))
  for (let round = 0; round < rounds; round += 1) {
    // In random order, so that garbage of one candidate is not always collected during the same other one.
    const order = shuffled(candidates)
    const times = await runRound(order, mode, time, round === 0)
    for (const [i, candidate] of order.entries()) samples.get(candidate)?.push(times[i] ?? Number.NaN)
  }
  return candidates.map((candidate) => {
    const own = samples.get(candidate) ?? []
    const base = baseOf(candidate.operation, samples)
    return {
      cipherSuite,
      mode,
      name: candidate.name,
      operation: candidate.operation,
      microseconds: 1000 * median(own),
      ratio: median(own.map((value, i) => value / (base[i] ?? Number.NaN))),
      bytes: candidate.bytes ?? null,
    }
  })
}

/** Milliseconds per operation of each candidate: the median of the batches that fit into the time. */
async function runRound(
  candidates: readonly Candidate[],
  mode: Mode,
  time: number,
  warmup: boolean,
): Promise<number[]> {
  // Batches, because engines give the time in steps of 5 µs to 1 ms.
  const count = mode === '64 in flight' ? 64 : 8
  const bench = new Bench({
    time,
    iterations: 1,
    warmup,
    warmupTime: WARMUP,
    warmupIterations: 1,
    throws: true,
  })
  const run = async ({ run }: Candidate): Promise<void> => {
    if (mode === '64 in flight') await Promise.all(Array.from({ length: count }, run))
    else for (let i = 0; i < count; i += 1) await run()
  }
  for (const candidate of candidates) {
    bench.add(`${candidate.name} ${candidate.operation}`, () => run(candidate), { async: true })
  }
  await bench.run()
  return bench.tasks.map(({ name, result }) => {
    if (!('latency' in result)) throw new Error(`${name} was not measured`)
    return result.latency.p50 / count
  })
}

/** What this library needs for the same operation in the same rounds. */
function baseOf(operation: Operation, samples: ReadonlyMap<Candidate, number[]>): number[] {
  const of = (wanted: Operation) => [...samples].find(([each]) => each.operation === wanted)?.[1]
  const [seal, open] = [of('seal'), of('open')]
  if (operation === 'seal') return seal ?? []
  if (operation === 'open') return open ?? []
  return (seal ?? []).map((value, i) => value + (open?.[i] ?? Number.NaN))
}

const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const high = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? Number.NaN)) / 2
}
