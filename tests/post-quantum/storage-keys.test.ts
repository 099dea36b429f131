import { MlKem768 } from '@hpke/ml-kem'
import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js'
import { describe, expect, test } from 'vitest'
import { cipherSuite as builtIn } from '../../lib/crypto/suites.js'
import { type CipherSuiteDescription, GroupEpoch } from '../../lib/index.js'
import { hpkeKem } from '../../lib/stacks/hpke-js.js'
import { cipherSuite, mldsa65, signaturePlugIn } from '../../lib/stacks/post-quantum.js'
import { expectCode } from '../support/expect-code.js'
import { encryptionKeyPair } from '../support/key-pair-forms.js'
import { isPeculiar } from '../support/runtime.js'
import { subtleCalls } from '../support/subtle-calls.js'
import { groupOfTwo } from './pair.js'

const parts = { kdf: 'HKDF-SHA256', hash: 'SHA-256', aead: 'AES-128-GCM' } as const
const signature = signaturePlugIn(mldsa65, ml_dsa65)
const signatureOnly = cipherSuite({ id: 0xf301, kem: builtIn(1).kem, ...parts, signature })
const both = cipherSuite({ id: 0xf302, kem: hpkeKem(new MlKem768()), ...parts, signature })

/** What leaf 0 gives, with a storageKey that has these usages. */
async function member(suite: CipherSuiteDescription, usages: KeyUsage[]) {
  const leaf = async (leafIndex: number) => {
    const { publicKey: signatureKey, secretKey: signaturePrivateKey } = ml_dsa65.keygen()
    if (suite === signatureOnly) {
      const { publicKey: encryptionKey, raw } = await encryptionKeyPair(builtIn(1))
      return { leafIndex, encryptionKey, encryptionPrivateKey: raw, signatureKey, signaturePrivateKey }
    }
    const kem = new MlKem768()
    const pair = await kem.generateKeyPair()
    const encryptionKey = new Uint8Array(await kem.serializePublicKey(pair.publicKey))
    const encryptionPrivateKey = new Uint8Array(await kem.serializePrivateKey(pair.privateKey))
    return { leafIndex, encryptionKey, encryptionPrivateKey, signatureKey, signaturePrivateKey }
  }
  const as = groupOfTwo({ revision: '02', leaves: [await leaf(0), await leaf(1)], Nh: 32 })
  const storageKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, usages)
  const { self, ...rest } = as(0, suite)
  const sign = async (content: Uint8Array) => ml_dsa65.sign(content, self.signaturePrivateKey)
  return {
    storageKey,
    given: { ...rest, self, storageKey },
    calling: { ...rest, self: { ...self, signaturePrivateKey: sign }, storageKey },
  }
}

describe('a storageKey that may only unwrap', () => {
  const usages: KeyUsage[] = ['encrypt', 'unwrapKey']
  const sentence = 'storageKey must be an AES-GCM CryptoKey with the usage encrypt, and with decrypt'

  test('does not do for a signature plug-in that has the key, and does for one whose key a callback has', async () => {
    const { given, calling } = await member(signatureOnly, usages)
    expect((await expectCode(GroupEpoch.create(given), 'invalid-input')).message).toBe(sentence)
    expect((await GroupEpoch.create(calling)).leafIndex).toBe(0)
  })

  test('does not do for a KEM plug-in, whoever signs', async () => {
    const { given, calling } = await member(both, usages)
    for (const options of [given, calling]) {
      expect((await expectCode(GroupEpoch.create(options), 'invalid-input')).message).toBe(sentence)
    }
  })
})

test('keys of a plug-in are decrypted even by a storageKey that may unwrap as well', async () => {
  const { given, storageKey } = await member(both, ['encrypt', 'decrypt', 'unwrapKey'])
  const record = (await GroupEpoch.create(given)).export()
  const { unwrapKey, decrypt } = await subtleCalls(() =>
    GroupEpoch.from(record, { storageKey, cipherSuites: [both] }),
  )
  // The PSK and the sender auth data secret are SubtleCrypto's; the two private keys are not.
  expect(unwrapKey).toHaveLength(2)
  // @peculiar/webcrypto unwraps by its own decrypt, which the page sees.
  if (!isPeculiar) expect(decrypt).toHaveLength(2)
})
