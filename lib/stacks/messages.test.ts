import { expect, test } from 'vitest'
import { expectCode } from '../../testing/expect-code.js'
import { fromTsMls } from './ts-mls.js'
import { extensionData, extensionType } from './ts-mls-extensions.js'

const refusals: [action: () => unknown, sentence: string][] = [
  [() => extensionType('last_resort'), 'extension type last_resort of the GroupContext is not known'],
  [
    () => Reflect.apply(extensionData, undefined, [{ what: 'else' }]),
    'an extension of the GroupContext has data of an unknown form',
  ],
  [() => Reflect.apply(fromTsMls, undefined, [{}]), 'this is no ClientState of ts-mls 1.x or 2.0'],
]

test.each(refusals.map(([action, sentence]) => ({ action, sentence })))(
  '$sentence',
  async ({ action, sentence }) => {
    expect((await expectCode(action, 'invalid-input')).message).toBe(sentence)
  },
)
