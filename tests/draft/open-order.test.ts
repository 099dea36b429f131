import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { TargetedMessageErrorCode } from '../../lib/index.js'
import { type OracleSealOptions, oracleSeal } from '../oracle/oracle.js'
import { text } from '../oracle/wire.js'
import { type Couple, couple } from '../support/epochs.js'
import { expectCode } from '../support/expect-code.js'
import { callCount, subtleCalls } from '../support/subtle-calls.js'
import { revisions } from '../support/suites.js'

describe.each(revisions)('the order of steps, draft section 6, revision %s', (revision) => {
  let group: Couple
  const send = (options: Partial<OracleSealOptions> = {}) =>
    oracleSeal(group.as(0), { recipientLeafIndex: 1, applicationData: text('hi'), ...options })

  beforeAll(async () => {
    group = await couple({ revision, cipherSuite: 2 })
  })

  test('a good message takes two decryptions: sender auth data, then content', async () => {
    const message = await send()
    const { decrypt, verify } = await subtleCalls(() => group.bob.open(message))
    expect(decrypt).toHaveLength(2)
    expect(verify).toHaveLength(1)
  })

  test.each<[string, Partial<OracleSealOptions>]>([
    ['forged sender', { claimedSenderLeafIndex: 2 }],
    ['blank sender', { claimedSenderLeafIndex: 3 }],
    ['false signature', { signature: (bytes) => bytes.map((byte, i) => (i === 20 ? byte ^ 1 : byte)) }],
    ['no signature', { signature: () => new Uint8Array() }],
    ['trailing byte in the sender auth data', { senderAuthDataSuffix: new Uint8Array(1) }],
    ['unusable KEM output', { kemOutput: () => new Uint8Array() }],
  ])('MUST NOT process the content before the checks: %s', async (_, options) => {
    const message = await send(options)
    const { decrypt } = await subtleCalls(() => group.bob.open(message))
    expect(decrypt).toHaveLength(1)
  })

  test('the content waits for the signature, however long that takes', async () => {
    const message = await send()
    let release: (valid: boolean) => void = () => {}
    const verified = new Promise<boolean>((resolve) => {
      release = resolve
    })
    const verify = vi.spyOn(crypto.subtle, 'verify').mockReturnValue(verified)
    const decrypt = vi.spyOn(crypto.subtle, 'decrypt')
    try {
      const opening = group.bob.open(message)
      opening.catch(() => {})
      await vi.waitFor(() => expect(verify).toHaveBeenCalledOnce())
      await new Promise((resolve) => setTimeout(resolve, 30))
      expect(decrypt).toHaveBeenCalledOnce()
      release(false)
      await expectCode(opening, 'signature')
      expect(decrypt).toHaveBeenCalledOnce()
    } finally {
      verify.mockRestore()
      decrypt.mockRestore()
    }
  })

  test.each<[string, (message: Uint8Array) => Uint8Array]>([
    ['malformed', (message) => message.subarray(1)],
    ['truncated', (message) => message.subarray(0, -1)],
    ['other group', (message) => message.map((byte, i) => (i === 5 ? byte ^ 1 : byte))],
    ['other epoch', (message) => message.map((byte, i) => (i === 28 ? byte ^ 1 : byte))],
    ['other recipient', (message) => message.map((byte, i) => (i === 32 ? byte ^ 3 : byte))],
  ])('the engine is not asked when the header refuses: %s', async (_, change) => {
    const message = change(await send())
    expect(callCount(await subtleCalls(() => group.bob.open(message)))).toBe(0)
  })

  test('whoever is not in the group does not reach the private key', async () => {
    const exporterSecret = new Uint8Array(group.as(0).exporterSecret.length)
    const message = await oracleSeal({ ...group.as(0), exporterSecret }, { recipientLeafIndex: 1 })
    const { deriveBits, deriveKey, verify } = await subtleCalls(() => group.bob.open(message))
    expect([deriveBits, deriveKey, verify]).toEqual([[], [], []])
  })

  test.each<
    [TargetedMessageErrorCode, 'decrypt' | 'sign' | 'importKey' | 'verify' | 'deriveBits' | 'deriveKey']
  >([
    ['sender-auth-data', 'decrypt'],
    ['sender-auth-data', 'sign'],
    ['sender-auth-data', 'importKey'],
    ['signature', 'verify'],
    ['content', 'deriveBits'],
    ['content', 'deriveKey'],
  ])('%s is what an engine refuses that cannot %s, with its own error as the cause', async (code, method) => {
    const message = await send()
    const failure = new Error('out of order')
    const call = vi.spyOn(crypto.subtle, method).mockRejectedValue(failure)
    try {
      const { cause } = await expectCode(group.bob.open(message), code)
      expect(cause).toBe(failure)
    } finally {
      call.mockRestore()
    }
  })
})
