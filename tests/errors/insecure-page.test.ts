import { afterEach, expect, test, vi } from 'vitest'
import { GroupEpoch, supportedCipherSuites } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { randomGroup } from '../support/random-group.js'
import { unhandledRejections } from '../support/unhandled-rejections.js'

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
