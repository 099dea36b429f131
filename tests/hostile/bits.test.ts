import { describe, expect, test, vi } from 'vitest'
import { MemoryStore } from '../../lib/inbox/memory-store.js'
import { Inbox } from '../../lib/index.js'
import { plugInSuites } from '../post-quantum/described.js'
import { combinations } from '../support/epochs.js'
import { expectCode } from '../support/expect-code.js'
import { flips } from './bits.js'
import { expectRefused } from './refusals.js'
import { postQuantumCombinations } from './scale.js'
import { secret, target } from './target.js'

describe.each([...combinations, ...postQuantumCombinations])(
  'revision $revision, suite $cipherSuite',
  (combination) => {
    test('whichever bit of a message is changed, its field refuses it, and the message still opens', async () => {
      const attacked = await target(combination)
      const { bob, message } = attacked
      const before = await bob.open(message)
      const counts = await expectRefused((bytes) => bob.open(bytes), flips(attacked), secret)
      expect(counts).toMatchObject({
        'epoch-ahead': 62,
        'epoch-expired': 2,
        'not-for-this-member': 32,
        signature: combination.revision === '00' ? 16 : 32,
      })
      expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(8 * message.length)
      expect(await bob.open(message)).toEqual(before)
    })
  },
)

describe.each([
  { revision: '00', cipherSuite: 2 },
  { revision: '02', cipherSuite: 1 },
  { revision: '01', cipherSuite: 0xf101 },
] as const)('an inbox, revision $revision, suite $cipherSuite', (combination) => {
  test('refuses every bit as well, marks nothing, and receives the message once', async () => {
    const attacked = await target(combination)
    const store = new MemoryStore()
    const inbox = await Inbox.open({ store, cipherSuites: plugInSuites })
    await inbox.enter(attacked.bob)
    const note = vi.spyOn(store, 'note')
    const steps = () => note.mock.calls.flatMap(([notes]) => notes.map(({ step }) => step))
    const change = vi.spyOn(store, 'change')
    await expectRefused((bytes) => inbox.receive(bytes), flips(attacked), secret)
    // What is refused is looked up once, in case its keys are out of date, and changes nothing.
    expect(new Set(steps())).toEqual(new Set(['withdraw']))
    note.mockClear()
    expect(change).not.toHaveBeenCalled()
    expect((await inbox.receive(attacked.message)).applicationData).toEqual(secret)
    expect(steps()).toEqual(['mark'])
    await expectCode(inbox.receive(attacked.message), 'replay')
  })
})
