import { beforeAll, describe, expect, test } from 'vitest'
import { GroupEpoch, type SealedMessage, type TargetedMessageErrorCode } from '../../lib/index.js'
import { text } from '../oracle/wire.js'
import { type Couple, couple } from '../support/epochs.js'
import { expectCode } from '../support/expect-code.js'
import { callCount, subtleCalls } from '../support/subtle-calls.js'

type Row = [field: string, value: unknown, code: TargetedMessageErrorCode, message: RegExp]

const gone = new Uint8Array(32)
structuredClone(gone, { transfer: [gone.buffer] })

/** What is no option's own fault to say, with the engine's own error as the cause. */
const usage = /an option is missing or has the wrong type/

const content: Row[] = [
  ['applicationData', undefined, 'invalid-input', /applicationData must be a Uint8Array/],
  ['applicationData', null, 'invalid-input', /applicationData must be a Uint8Array/],
  ['applicationData', 'hello', 'invalid-input', /applicationData must be a Uint8Array/],
  ['applicationData', new ArrayBuffer(3), 'invalid-input', /applicationData must be a Uint8Array/],
  ['applicationData', new Uint16Array(3), 'invalid-input', /applicationData must be a Uint8Array/],
  ['applicationData', gone, 'invalid-input', /applicationData/],
  ['authenticatedData', 'hello', 'invalid-input', /authenticatedData must be a Uint8Array/],
  ['authenticatedData', {}, 'invalid-input', /authenticatedData must be a Uint8Array/],
  ['authenticatedData', gone, 'invalid-input', /authenticatedData/],
  ['padding', -1, 'invalid-input', /padding must be an integer from 0 to \d+, not -1/],
  ['padding', 0.5, 'invalid-input', /padding must be an integer from 0 to \d+, not 0.5/],
  ['padding', 'padme', 'invalid-input', /padding must be/],
  ['padding', () => -1, 'invalid-input', /padding must be/],
  ['padding', () => undefined, 'invalid-input', /padding must be/],
  ['padding', Symbol('1'), 'invalid-input', /padding must be an integer/],
  [
    'padding',
    () => {
      throw new RangeError('no idea')
    },
    'invalid-input',
    usage,
  ],
]

const recipient = (field: string, wrap: (value: unknown) => unknown): Row[] => [
  [field, wrap(0), 'invalid-input', /recipientLeafIndex 0 is this member's own leaf/],
  [field, wrap(3), 'recipient-not-in-group', /leaf 3 is blank/],
  [field, wrap(2 ** 32 - 1), 'recipient-not-in-group', /leaf 4294967295 is blank/],
  [field, wrap(-1), 'invalid-input', /from 0 to 4294967295, not -1/],
  [field, wrap(2 ** 32), 'invalid-input', /from 0 to 4294967295, not 4294967296/],
  [field, wrap(1.5), 'invalid-input', /from 0 to 4294967295, not 1.5/],
  [field, wrap('1'), 'invalid-input', /from 0 to 4294967295/],
  [field, wrap(1n), 'invalid-input', /from 0 to 4294967295/],
  [field, wrap(undefined), 'invalid-input', /from 0 to 4294967295, not undefined/],
  [field, wrap(Symbol('1')), 'invalid-input', /recipientLeafIndex must be an integer|of the wrong type/],
  [
    field,
    wrap(Object.create(null)),
    'invalid-input',
    /recipientLeafIndex must be an integer|of the wrong type/,
  ],
]

const sealEach: Row[] = [
  ...recipient('recipientLeafIndices', (value) => [1, value]),
  ['recipientLeafIndices', undefined, 'invalid-input', usage],
  ['recipientLeafIndices', null, 'invalid-input', usage],
  ['recipientLeafIndices', 1, 'invalid-input', usage],
  ['concurrency', 0, 'invalid-input', /concurrency must be an integer from 1 to \d+, not 0/],
  ['concurrency', 1.5, 'invalid-input', /concurrency must be an integer from 1/],
  ['concurrency', Number.POSITIVE_INFINITY, 'invalid-input', /concurrency must be an integer from 1/],
  ['concurrency', '8', 'invalid-input', /concurrency must be an integer from 1/],
]

let group: Couple
beforeAll(async () => {
  group = await couple()
})

const seal = (options: unknown): Promise<unknown> =>
  Reflect.apply(GroupEpoch.prototype.seal, group.alice, [options])

async function first(options: unknown): Promise<unknown> {
  const sealed: AsyncGenerator<SealedMessage> = Reflect.apply(GroupEpoch.prototype.sealEach, group.alice, [
    options,
  ])
  return sealed.next()
}

const open = (message: unknown): Promise<unknown> =>
  Reflect.apply(GroupEpoch.prototype.open, group.bob, [message])

const good = { applicationData: text('good') }

describe('seal refuses, says what to mend, and touches no key', () => {
  test.each([...recipient('recipientLeafIndex', (value) => value), ...content])(
    '%s: %o',
    async (field, value, code, message) => {
      const sealing = () => seal({ recipientLeafIndex: 1, ...good, [field]: value })
      expect((await expectCode(sealing, code)).message).toMatch(message)
      expect(callCount(await subtleCalls(sealing))).toBe(0)
    },
  )

  test.each<[unknown]>([[undefined], [null], [1], ['1'], [[]], [{}], [Symbol('1')]])(
    'options that are %o',
    async (options) => {
      await expectCode(() => seal(options), 'invalid-input')
    },
  )
})

describe('sealEach refuses, says what to mend, and touches no key', () => {
  test.each([...sealEach, ...content])('%s: %o', async (field, value, code, message) => {
    const sealing = () => first({ recipientLeafIndices: [1, 2], ...good, [field]: value })
    expect((await expectCode(sealing, code)).message).toMatch(message)
    expect(callCount(await subtleCalls(sealing))).toBe(0)
  })

  test.each<[unknown]>([[undefined], [null], [1], ['1'], [[]], [{}], [Symbol('1')]])(
    'options that are %o',
    async (options) => {
      await expectCode(() => first(options), 'invalid-input')
    },
  )

  test('an iterable that throws: what it threw is the cause', async () => {
    const failure = new Error('no list')
    function* failing() {
      yield 1
      throw failure
    }
    const sealing = first({ recipientLeafIndices: failing(), ...good })
    expect((await expectCode(sealing, 'invalid-input')).cause).toBe(failure)
  })
})

describe('open refuses anything but a Uint8Array', () => {
  test.each<[unknown]>([
    [undefined],
    [null],
    [1],
    ['00010006'],
    [[]],
    [{}],
    [Symbol('m')],
    [new ArrayBuffer(4)],
    [gone],
  ])('%o', async (message) => {
    expect((await expectCode(() => open(message), 'invalid-input')).message).toMatch(
      /message (must be a Uint8Array|has no bytes any more)/,
    )
  })

  test('but takes one of another realm, or of shared memory', async () => {
    const message = await group.alice.seal({ recipientLeafIndex: 1, ...good })
    const shared = new Uint8Array(new SharedArrayBuffer(message.length))
    shared.set(message)
    expect(await open(shared)).toMatchObject(good)
    expect(await open(Buffer.from(message))).toMatchObject(good)
  })
})
