import { describe, expect, test } from 'vitest'
import { isTargetedMessage, readHeader, TargetedMessageError } from '../../lib/index.js'
import { opaque } from '../oracle/wire.js'
import { unhandledRejections } from '../support/unhandled-rejections.js'
import { RandomInput } from './random.js'
import { holdsSecret } from './refusals.js'
import { resealing } from './reseal.js'
import { isSlow, kinds, runs } from './scale.js'
import { contentOf, readFields, withFields } from './structure.js'
import { secret, target } from './target.js'

/**
 * With SLOW=1, the numbers of docs/evidence.md: 1,000,000 inputs for `readHeader` and 100,000 for `open`. A fifth of each
 * is random bytes, a fifth random bytes after a good beginning, a fifth a message with one field changed and its length
 * right, and the rest a message with one to four changes anywhere: for `open`, half of these in the sender auth data
 * before it is encrypted.
 */
const INPUTS = { readHeader: runs(20_000, 1_000_000), open: runs(1_500, 100_000) }

const seed = 20_261_124

/** How often there was each outcome. */
class Tally {
  readonly #counts = new Map<string, number>()
  readonly #began = performance.now()
  readonly #memory = process.memoryUsage()

  add(outcome: string): void {
    this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1)
  }

  get outcomes(): string[] {
    return [...this.#counts.keys()].sort()
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
  }

  print(title: string): void {
    if (!isSlow) return
    const MiB = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`
    const { maxRSS } = process.resourceUsage()
    console.log(`${title}: ${this.total} inputs, ${((performance.now() - this.#began) / 1000).toFixed(1)} s`)
    console.log(Object.fromEntries([...this.#counts].sort()))
    console.log(
      `RSS ${MiB(this.#memory.rss)} before, ${MiB(process.memoryUsage().rss)} after, ${MiB(maxRSS * 1024)} at most`,
    )
  }
}

const vectors = ['groupId', 'authenticatedData', 'encryptedSenderAuthData', 'ciphertext'] as const

/** The next input: of each kind every fifth. */
function input(random: RandomInput, i: number, message: Uint8Array): Uint8Array {
  switch (i % 5) {
    case 0:
      return random.anyBytes(2_000)
    case 1:
      return Uint8Array.of(...message.subarray(0, 4 + random.number(40)), ...random.anyBytes(400))
    case 2: {
      const field = vectors[random.number(vectors.length)] ?? 'ciphertext'
      const changed = random.mutated(contentOf(readFields(message)[field]))
      return withFields(message, { [field]: opaque(changed) })
    }
    default:
      return random.mutated(message)
  }
}

describe('a flood of random input', () => {
  test('readHeader reads it or refuses it as malformed', async () => {
    const attacked = await target({ revision: '00', cipherSuite: 1 })
    const random = new RandomInput(seed)
    const tally = new Tally()
    for (let i = 0; i < INPUTS.readHeader; i++) {
      const bytes = input(random, i, attacked.message)
      try {
        readHeader(bytes)
        tally.add('read')
        if (!isTargetedMessage(bytes)) expect.fail('read what is no targeted message')
      } catch (error) {
        if (!(error instanceof TargetedMessageError)) throw error
        tally.add(error.code)
      }
    }
    expect(tally.total).toBe(INPUTS.readHeader)
    expect(tally.outcomes).toEqual(['malformed', 'read'])
    tally.print('readHeader')
  })

  test('open refuses it, unless it is the message unchanged', async () => {
    const targets = await Promise.all(
      kinds.map(async (combination) => {
        const attacked = await target(combination)
        return { ...attacked, ...(await resealing(attacked.as(2), attacked.message)) }
      }),
    )
    const random = new RandomInput(seed)
    const tally = new Tally()
    const offer = async (i: number): Promise<void> => {
      const attacked = targets[Math.floor(i / 5) % targets.length]
      if (!attacked) return
      const { bob, message, senderAuthData, reseal } = attacked
      const bytes = i % 5 === 4 ? await reseal(random.mutated(senderAuthData)) : input(random, i, message)
      try {
        await bob.open(bytes)
        // Changes may undo each other.
        expect(bytes).toEqual(message)
        tally.add('opened, being the message unchanged')
      } catch (error) {
        if (!(error instanceof TargetedMessageError)) throw error
        expect(holdsSecret(error, secret)).toBe(false)
        tally.add(error.code)
      }
    }
    const unhandled = await unhandledRejections(async () => {
      for (let i = 0; i < INPUTS.open; ) {
        const batch: Promise<void>[] = []
        for (const end = Math.min(INPUTS.open, i + 30); i < end; i++) batch.push(offer(i))
        await Promise.all(batch)
      }
    })
    expect(unhandled).toEqual([])
    expect(tally.total).toBe(INPUTS.open)
    expect(tally.outcomes).toEqual(expect.arrayContaining(['malformed', 'sender-auth-data', 'signature']))
    tally.print('open')
    for (const { bob, message } of targets) expect((await bob.open(message)).applicationData).toEqual(secret)
  })
}, 3_600_000)
