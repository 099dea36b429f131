import { beforeAll, describe, expect, test, vi } from 'vitest'
import { text } from '../../tests/oracle/wire.js'
import { type Couple, couple } from '../../tests/support/epochs.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { subtleCalls } from '../../tests/support/subtle-calls.js'
import { revisions } from '../../tests/support/suites.js'
import { blocks, type Padding } from '../index.js'
import { decodeTargetedMessage } from './structs.js'

describe.each(revisions)('seal, revision %s', (revision) => {
  let group: Couple
  const content = { recipientLeafIndex: 1, applicationData: text('hello'), authenticatedData: text('clear') }

  beforeAll(async () => {
    group = await couple({ revision, cipherSuite: 2 })
  })

  test('the header says what was given', async () => {
    const message = decodeTargetedMessage(await group.alice.seal(content))
    expect(message).toMatchObject({
      groupId: group.as(0).groupId,
      epoch: 7n,
      recipientLeafIndex: 1,
      authenticatedData: content.authenticatedData,
    })
  })

  test('no two messages have anything secret in common', async () => {
    const [one, two] = [await group.alice.seal(content), await group.alice.seal(content)]
    expect(decodeTargetedMessage(one).ciphertext).not.toEqual(decodeTargetedMessage(two).ciphertext)
    const opened = [await group.bob.open(one), await group.bob.open(two)]
    expect(opened[0]).toEqual(opened[1])
  })

  test.each<[string, Padding | undefined, number]>([
    ['padme by default', undefined, 104],
    ['none', 0, 102],
    ['a number', 7, 109],
    ['blocks', blocks(64), 128],
    ['a function', (length) => 200 - length, 200],
  ])('padding: %s', async (_, padding, length) => {
    // 100 bytes have a prefix of two.
    const message = await group.alice.seal({ ...content, applicationData: new Uint8Array(100), padding })
    expect(decodeTargetedMessage(message).ciphertext).toHaveLength(length + 16)
    expect((await group.bob.open(message)).applicationData).toEqual(new Uint8Array(100))
  })

  test('the order of the sender: the signature before or after the content', async () => {
    const order: string[] = []
    const spies = [vi.spyOn(crypto.subtle, 'sign'), vi.spyOn(crypto.subtle, 'encrypt')]
    try {
      await group.alice.seal(content)
      const calls = spies.flatMap(({ mock }) =>
        mock.calls.map(([algorithm], i) => ({ algorithm, at: mock.invocationCallOrder[i] ?? 0 })),
      )
      for (const { algorithm } of calls.sort((a, b) => a.at - b.at)) {
        const name = typeof algorithm === 'string' ? algorithm : algorithm.name
        if (name !== 'HMAC') order.push(name)
      }
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
    const contentAndSignature = revision === '00' ? ['ECDSA', 'AES-GCM'] : ['AES-GCM', 'ECDSA']
    expect(order).toEqual([...contentAndSignature, 'AES-GCM'])
  })

  test('one ephemeral key pair per message, and no key of it extractable but the public one', async () => {
    const { generateKey, deriveKey } = await subtleCalls(() => group.alice.seal(content))
    expect(generateKey.map((call) => call.arguments[1])).toEqual([false])
    expect(deriveKey.map((call) => call.arguments[3])).toEqual([false])
  })

  test('8.6 of 02: the same content again has another sample', async () => {
    const samples = new Set<string>()
    for (let i = 0; i < 20; i++) {
      // As short as a ciphertext may be: the sample is all of it.
      const message = await group.alice.seal({ recipientLeafIndex: 1, applicationData: text(''), padding: 0 })
      const { ciphertext } = decodeTargetedMessage(message)
      expect(ciphertext).toHaveLength(17)
      samples.add(ciphertext.join())
    }
    expect(samples.size).toBe(20)
  })

  test.each(['generateKey', 'encrypt', 'sign', 'deriveKey'] as const)(
    'an engine that fails at %s leaves its own error as the cause',
    async (method) => {
      const failure = new Error('out of order')
      const spy = vi.spyOn(crypto.subtle, method).mockRejectedValue(failure)
      try {
        const { cause } = await expectCode(group.alice.seal(content), 'content')
        expect(cause).toBe(failure)
      } finally {
        spy.mockRestore()
      }
    },
  )
})
