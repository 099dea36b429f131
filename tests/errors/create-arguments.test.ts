import { describe, expect, test } from 'vitest'
import { checkInteger } from '../../lib/check-argument.js'
import { cipherSuite } from '../../lib/crypto/suites.js'
import { GroupEpoch } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { randomGroup } from '../support/random-group.js'
import { callCount, subtleCalls } from '../support/subtle-calls.js'

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

  test('an own signature key that is off its curve, where a callback signs', async () => {
    const { self, members, ...group } = (await randomGroup({ revision: '00', cipherSuite: 2 })).as(0)
    const off = members.map((member) => {
      if (member.leafIndex !== self.leafIndex) return member
      const signatureKey = new Uint8Array(member.signatureKey)
      signatureKey.fill(1, 1)
      return { ...member, signatureKey }
    })
    const signing = { ...self, signaturePrivateKey: async () => new Uint8Array() }
    const creating = GroupEpoch.create({ ...group, members: off, self: signing })
    expect((await expectCode(creating, 'invalid-input')).message).toBe(
      'the own signatureKey is not a valid P-256 key',
    )
  })

  test('a suite that the engine does not run', async () => {
    const { cipherSuite: _, ...group } = (await randomGroup({ revision: '00', cipherSuite: 2 })).as(0)
    const { kem, ...suite } = cipherSuite(2)
    const generateKeyPair = () => Promise.reject(new DOMException('no', 'NotSupportedError'))
    const description = {
      id: 0xf400,
      kem: { ...kem, generateKeyPair },
      kdf: 'HKDF-SHA256',
      hash: 'SHA-256',
      aead: suite.aead,
      signature: 'P-256',
    } as const
    const creating = GroupEpoch.create({ ...group, cipherSuite: description })
    expect((await expectCode(creating, 'unsupported-cipher-suite')).message).toBe(
      'this engine does not run cipher suite 62464',
    )
  })

  test('content with authenticated data that is too long, before anything is encrypted', async () => {
    const group = await randomGroup({ revision: '00', cipherSuite: 2 })
    const epoch = await GroupEpoch.create({ ...group.as(0), maxMessageLength: 1000 })
    const content = { applicationData: new Uint8Array(500), authenticatedData: new Uint8Array(501) }
    const seal = () => epoch.seal({ recipientLeafIndex: group.as(1).self.leafIndex, ...content })
    const calls = await subtleCalls(seal)
    expect(callCount(calls)).toBe(0)
    await expectCode(seal(), 'too-large')
  })
})
