import { describe, expect, test } from 'vitest'
import { checkInteger } from '../../lib/check-argument.js'
import { GroupEpoch } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { randomGroup } from '../support/random-group.js'

describe('what is wrong with an argument is shown', () => {
  test.each([
    ['7', '7'],
    [1.5, '1.5'],
    [undefined, 'undefined'],
    [Symbol('s'), 'Symbol(s)'],
    [Object.create(null), 'object'],
    [{}, 'object'],
    [null, 'object'],
  ])('%o', async (value, shown) => {
    const { message } = await expectCode(() => checkInteger(value, 'it', 0), 'invalid-input')
    expect(message).toBe(`it must be an integer from 0 to 9007199254740991, not ${shown}`)
  })

  test('the exporter secret and a message', async () => {
    const group = await randomGroup({ revision: '00', cipherSuite: 2 })
    const short = GroupEpoch.create({ ...group.as(0), exporterSecret: new Uint8Array(31) })
    expect((await expectCode(short, 'invalid-input')).message).toBe(
      'exporterSecret must be 32 bytes long, not 31',
    )
    const epoch = await GroupEpoch.create(group.as(0))
    const opening = Reflect.apply(epoch.open, epoch, ['text'])
    expect((await expectCode(opening, 'invalid-input')).message).toBe('message must be a Uint8Array')
  })
})
