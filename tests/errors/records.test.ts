import { beforeAll, describe, expect, test } from 'vitest'
import { GroupEpoch, type GroupEpochRecord } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { randomGroup } from '../support/random-group.js'
import { fromAnything, newStorageKey, withPart } from '../support/records.js'
import { isPeculiar } from '../support/runtime.js'

let storageKey: CryptoKey
let plain: GroupEpochRecord
let sealed: GroupEpochRecord
beforeAll(async () => {
  // Of P-256, whose keys every engine clones.
  const group = await randomGroup({ revision: '00', cipherSuite: 2 })
  storageKey = await newStorageKey()
  plain = (await GroupEpoch.create(group.as(0))).export()
  sealed = (await GroupEpoch.create({ ...group.as(0), storageKey })).export()
})

describe('what is wrong with a record is named', () => {
  test.each([
    [['groupId'], 'groupId must be a Uint8Array'],
    [['groupContext'], 'groupContext must be a Uint8Array'],
    [['leafIndex'], 'leafIndex must be an integer from 0 to 4294967295, not x'],
    [['maxMessageLength'], 'maxMessageLength must be an integer from 1 to 9007199254740991, not x'],
    [['members', 'leafIndices'], 'the leaves of members must be a Uint32Array'],
    [['members', 'encryptionKeys'], 'encryptionKeys must be a Uint8Array'],
    [['members', 'signatureKeys'], 'signatureKeys must be a Uint8Array'],
    [['secrets', 'psk', 'ciphertext'], 'ciphertext must be a Uint8Array'],
    [['secrets', 'psk', 'nonce'], 'nonce must be a Uint8Array'],
    [['secrets', 'psk', 'kind'], 'the record has a secret of the unknown kind x'],
    [
      ['secrets', 'recordKey'],
      'recordKey must be an AES-GCM CryptoKey with the usage encrypt, and with decrypt or unwrapKey',
    ],
  ])('%j', async (path, sentence) => {
    const { message } = await expectCode(
      fromAnything(withPart(sealed, path, 'x'), { storageKey }),
      'invalid-input',
    )
    expect(message).toBe(sentence)
  })

  // The keys of @peculiar/webcrypto cannot be cloned, so its records hold none.
  test.skipIf(isPeculiar)('keys', async () => {
    const hashless = await crypto.subtle.importKey('raw', new Uint8Array(32), 'HKDF', false, ['deriveBits'])
    const otherHash = await crypto.subtle.importKey(
      'raw',
      new Uint8Array(32),
      { name: 'HMAC', hash: 'SHA-384' },
      false,
      ['sign'],
    )
    for (const key of [hashless, otherHash]) {
      const record = withPart(plain, ['secrets', 'senderAuthDataSecret', 'key'], key)
      const { message } = await expectCode(fromAnything(record), 'invalid-input')
      expect(message).toBe('the record has a key that does not fit its cipher suite')
    }
  })

  test('what is no record', async () => {
    for (const nothing of [undefined, null]) {
      const { message } = await expectCode(fromAnything(nothing), 'invalid-input')
      expect(message).toBe('this is not a record of an epoch, or it is damaged')
    }
  })

  test('a record that has lost its signature key is not that of an epoch without one', async () => {
    const without = withPart(sealed, ['secrets', 'signaturePrivateKey'], undefined)
    await expectCode(fromAnything(without, { storageKey }), 'storage')
  })

  test('a record shares no bytes with its epoch', async () => {
    const epoch = await GroupEpoch.from(sealed, { storageKey })
    for (const secret of Object.values(epoch.export().secrets)) {
      if (secret && 'ciphertext' in secret)
        for (const bytes of [secret.ciphertext, secret.nonce]) bytes.fill(0)
    }
    expect(await GroupEpoch.from(epoch.export(), { storageKey })).toHaveProperty('epoch', epoch.epoch)
  })

  test('leaves that do not ascend', async () => {
    for (const leaves of [
      [0, 2, 1],
      [0, 0, 1],
      [1, 0, 2],
    ]) {
      const record = withPart(plain, ['members', 'leafIndices'], Uint32Array.from(leaves))
      const { message } = await expectCode(fromAnything(record), 'invalid-input')
      expect(message).toBe('the leaves of members must ascend')
    }
  })

  test('the storageKey', async () => {
    const wanted =
      'storageKey must be an AES-GCM CryptoKey with the usage encrypt, and with decrypt or unwrapKey'
    expect((await expectCode(fromAnything(sealed, { storageKey: 'x' }), 'invalid-input')).message).toBe(
      wanted,
    )
    const { message } = await expectCode(fromAnything(plain, { storageKey }), 'storage')
    expect(message).toBe('a storageKey was given, but the record was made without one')
  })

  test('a secret without the key that it is encrypted under', async () => {
    const kept = withPart(sealed, ['secrets', 'psk', 'kind'], 'record-key')
    const { message } = await expectCode(fromAnything(kept), 'storage')
    expect(message).toBe('the record has lost the key of its secrets')
  })
})
