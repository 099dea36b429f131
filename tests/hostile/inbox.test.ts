import { describe, expect, test, vi } from 'vitest'
import { MemoryStore } from '../../lib/inbox/memory-store.js'
import { Inbox } from '../../lib/index.js'
import { oracleSeal } from '../oracle/oracle.js'
import { concat, opaque } from '../oracle/wire.js'
import { plugInSuites } from '../post-quantum/described.js'
import { expectCode } from '../support/expect-code.js'
import type { Code, Hostile } from './hostile.js'
import { wrongKemOutputs, wrongSignatures } from './members.js'
import { expectRefused } from './refusals.js'
import { secret, type Target, target } from './target.js'

/** Content that decrypts, with the secret in it, and is not well-formed. */
function wrongContents(attacked: Target): Promise<Hostile[]> {
  const contents: [Code, Uint8Array][] = [
    ['padding', concat(opaque(secret), Uint8Array.of(0, 0, 1))],
    ['padding', concat(opaque(secret), secret)],
    ['malformed', secret],
    ['malformed', concat(Uint8Array.of(0x40, secret.length), secret)],
    ['malformed', concat(Uint8Array.of(0xc0), secret)],
    ['malformed', concat(Uint8Array.of(secret.length + 1), secret)],
  ]
  const seal = (content: Uint8Array) => oracleSeal(attacked.as(2), { recipientLeafIndex: 1, content })
  return Promise.all(
    contents.map(async ([code, content]) => ({ name: code, bytes: await seal(content), codes: [code] })),
  )
}

describe.each([
  { revision: '01', cipherSuite: 1 },
  { revision: '00', cipherSuite: 2 },
  { revision: '02', cipherSuite: 0xf101 },
  { revision: '00', cipherSuite: 0xf106 },
] as const)('an inbox and a malicious member, revision $revision, suite $cipherSuite', (combination) => {
  test('nothing that is refused is marked or released, whichever step refuses it', async () => {
    const attacked = await target(combination)
    const store = new MemoryStore()
    const inbox = await Inbox.open({ store, cipherSuites: plugInSuites })
    await inbox.enter(attacked.bob)
    const note = vi.spyOn(store, 'note')
    const hostile = await Promise.all([
      wrongContents(attacked),
      wrongSignatures(attacked),
      wrongKemOutputs(attacked),
    ])
    const counts = await expectRefused((bytes) => inbox.receive(bytes), hostile.flat(), secret)
    expect(Object.keys(counts).sort()).toEqual(['content', 'malformed', 'padding', 'signature'])
    // Whether the keys are up to date is asked; nothing is noted.
    expect(new Set(note.mock.calls.flat(2).map(({ step }) => step))).toEqual(new Set(['withdraw']))
    expect((await inbox.receive(attacked.message)).applicationData).toEqual(secret)
    await expectCode(inbox.receive(attacked.message), 'replay')
  })
})
