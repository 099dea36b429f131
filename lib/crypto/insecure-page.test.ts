import { afterEach, expect, test, vi } from 'vitest'
import { expectCode } from '../../testing/expect-code.js'
import { randomGroup } from '../../testing/random-group.js'
import { unhandledRejections } from '../../testing/unhandled.js'
import { GroupEpoch, supportedCipherSuites } from '../index.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('without SubtleCrypto, as on a page over http:, each call says what is wanted', async () => {
  const options = (await randomGroup()).as(0)
  const record = (await GroupEpoch.create(options)).export()
  const { getRandomValues } = crypto
  vi.stubGlobal('crypto', { getRandomValues })
  const calls = [
    () => supportedCipherSuites(),
    () => GroupEpoch.create(options),
    () => GroupEpoch.from(record),
  ]
  const reasons = await unhandledRejections(async () => {
    for (const call of calls) {
      const { message } = await expectCode(call, 'unsupported-cipher-suite')
      expect(message).toMatch(/secure context/)
    }
  })
  expect(reasons).toEqual([])
})
