import { beforeAll, describe, expect, test } from 'vitest'
import { readParts, rewrite } from '../../tests/hostile/message-parts.js'
import { toBeSigned } from '../../tests/oracle/structures.js'
import { suiteOf } from '../../tests/oracle/suites.js'
import { text } from '../../tests/oracle/wire.js'
import { base64url } from '../../tests/support/base64url.js'
import { type Couple, couple } from '../../tests/support/epochs.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { randomBytes } from '../../tests/support/random-group.js'
import { callCount, subtleCalls } from '../../tests/support/subtle-calls.js'
import { revisions } from '../../tests/support/suites.js'
import { GroupEpoch } from '../index.js'

describe.each(revisions)('messageId, revision %s', (revision) => {
  const groupId = randomBytes(16)
  let group: Couple
  let message: Uint8Array<ArrayBuffer>
  let carol: GroupEpoch
  const sealed = (from: Couple) => from.alice.seal({ recipientLeafIndex: 1, applicationData: text('hello') })
  beforeAll(async () => {
    group = await couple({ revision, cipherSuite: 2, groupId })
    message = await sealed(group)
    carol = await GroupEpoch.create(group.as(2))
  })

  /** Refused before any key is used. */
  async function expectUntouched(given: Uint8Array, code: Parameters<typeof expectCode>[1], by = carol) {
    await expectCode(by.messageId(given), code)
    expect(callCount(await subtleCalls(() => by.messageId(given)))).toBe(0)
  }

  test('is the beginning of the digest of TargetedMessageTBS, section 3', async () => {
    const parts = await readParts(group.as(2), message)
    const tbs = await toBeSigned(suiteOf(2), group.as(2), parts, parts.ciphertext)
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', tbs))
    expect(await carol.messageId(message)).toBe(base64url(digest.slice(0, 16)))
  })

  test('of another group: `unknown-group`', async () => {
    await expectUntouched(await sealed(await couple({ revision, cipherSuite: 2 })), 'unknown-group')
  })

  test.each([
    [6n, 'epoch-expired'],
    [8n, 'epoch-ahead'],
  ] as const)('of epoch %i in epoch 7: `%s`', async (epoch, code) => {
    await expectUntouched(await sealed(await couple({ revision, cipherSuite: 2, groupId, epoch })), code)
  })

  test('of other keys, or changed on the way: `sender-auth-data`', async () => {
    const impostor = await couple({ revision, cipherSuite: 2, groupId })
    await expectCode(carol.messageId(await sealed(impostor)), 'sender-auth-data')
    const changed = message.slice()
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
    await expectCode(carol.messageId(changed), 'sender-auth-data')
  })

  test('of no message, or with sender auth data that is none: `malformed`', async () => {
    await expectUntouched(message.slice(0, -1), 'malformed')
    await expectUntouched(new Uint8Array(), 'malformed')
    const senderAuthData = Uint8Array.of(0, 0, 0, 0, 1)
    await expectCode(
      carol.messageId(await rewrite(group.as(2), message, () => ({ senderAuthData }))),
      'malformed',
    )
  })

  test('over maxMessageLength: `too-large`, to the byte', async () => {
    const within = (maxMessageLength: number) => GroupEpoch.create({ ...group.as(2), maxMessageLength })
    await expectUntouched(message, 'too-large', await within(message.length - 1))
    expect(await (await within(message.length)).messageId(message)).toBe(await carol.messageId(message))
  })

  test('of anything else: `invalid-input`', async () => {
    for (const value of [undefined, 'x', [...message], message.buffer]) {
      await expectCode(Reflect.apply(carol.messageId, carol, [value]), 'invalid-input')
    }
  })

  test('copies the message before it awaits', async () => {
    const given = message.slice()
    const identifying = carol.messageId(given)
    given.fill(0)
    expect(await identifying).toBe(await carol.messageId(message))
  })
})
