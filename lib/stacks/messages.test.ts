import { expect, test } from 'vitest'
import { expectCode } from '../../testing/expect-code.js'
import { uncompressPoint } from './ec-point.js'
import { fromTsMls } from './ts-mls.js'
import { extensionData, extensionType } from './ts-mls-extensions.js'

const offCurve = new Uint8Array(33).fill(0xff).fill(2, 0, 1)

const refusals: [action: () => unknown, sentence: string][] = [
  [() => uncompressPoint(new Uint8Array(3)), '3 bytes are no compressed point'],
  [() => uncompressPoint(offCurve), 'a compressed point is not on its curve'],
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
