import { beforeAll, describe, expect, test } from 'vitest'
import { pskForm, pskInput } from '../../lib/crypto/hpke-psk.js'
import { importSecret } from '../../lib/crypto/kdf.js'
import { importKey } from '../../lib/crypto/key-form.js'
import { cipherSuite as suiteOf } from '../../lib/crypto/suites.js'
import type { Secrets } from '../../lib/epoch/secrets.js'
import { GroupEpoch, type GroupEpochRecord } from '../../lib/index.js'
import { expectCode } from '../support/expect-code.js'
import { cryptoKeysOf } from '../support/member-crypto-keys.js'
import { type RandomGroup, randomBytes, randomGroup } from '../support/random-group.js'
import { fromAnything } from '../support/records.js'
import { expectToWork } from '../support/round-trip.js'
import { secretsOf } from '../support/secrets.js'
import { promisedSuites } from '../support/suites.js'

const { subtle } = crypto

describe.each(promisedSuites)('the CryptoKeys of a record, suite %i', (cipherSuite) => {
  let group: RandomGroup
  let record: GroupEpochRecord
  let keys: Secrets<CryptoKey>
  beforeAll(async () => {
    group = await randomGroup({ cipherSuite })
    record = (await GroupEpoch.create(group.as(0))).export()
    // By hand, since not every engine's records hold them.
    const suite = suiteOf(cipherSuite)
    const secrets = await secretsOf(group.as(0))
    const secret = (name: string) => new Uint8Array(secrets.get(name) ?? [])
    const [encryptionPrivateKey, signaturePrivateKey] = await cryptoKeysOf(group, 0, false)
    keys = {
      psk: await importKey(pskForm, pskInput(suite, secret('PSK'))),
      senderAuthDataSecret: await importSecret(suite.kdf, secret('sender auth data secret')),
      encryptionPrivateKey,
      signaturePrivateKey,
    }
  })

  const withKeys = (changed: object) => {
    const all = Object.entries({ ...keys, ...changed })
    return fromAnything({
      ...record,
      secrets: Object.fromEntries(all.map(([name, key]) => [name, { kind: 'key', key }])),
    })
  }

  test('the right ones work', async () => expectToWork(group, await withKeys({})))

  test('each in the place of each other is refused', async () => {
    for (const name of Object.keys(keys)) {
      for (const [other, key] of Object.entries(keys)) {
        if (other !== name) await expectCode(withKeys({ [name]: key }), 'invalid-input')
      }
    }
  })

  test('keys of another suite are refused', async () => {
    const other = await randomGroup({ cipherSuite: cipherSuite === 1 ? 2 : 1 })
    const [encryptionPrivateKey, signaturePrivateKey] = await cryptoKeysOf(other, 0, false)
    await expectCode(withKeys({ encryptionPrivateKey }), 'invalid-input')
    await expectCode(withKeys({ signaturePrivateKey }), 'invalid-input')
    const hash = cipherSuite === 5 ? 'SHA-256' : 'SHA-512'
    const hmac = { name: 'HMAC', hash }
    const senderAuthDataSecret = await subtle.importKey('raw', randomBytes(32), hmac, false, ['sign'])
    await expectCode(withKeys({ senderAuthDataSecret }), 'invalid-input')
  })

  test('keys that may not do what they are for are refused', async () => {
    const { hash } = suiteOf(cipherSuite).kdf
    const bytes = randomBytes(32)
    const hkdf = (usages: KeyUsage[]) => subtle.importKey('raw', bytes, 'HKDF', false, usages)
    await expectCode(withKeys({ psk: await hkdf(['deriveBits']) }), 'invalid-input')
    await expectCode(withKeys({ psk: await hkdf(['deriveKey']) }), 'invalid-input')
    const verifying = await subtle.importKey('raw', bytes, { name: 'HMAC', hash }, false, ['verify'])
    await expectCode(withKeys({ senderAuthDataSecret: verifying }), 'invalid-input')
    const { algorithm } = suiteOf(cipherSuite).kem
    const pair = await subtle.generateKey(algorithm, false, ['deriveKey'])
    if (!('privateKey' in pair)) return expect.fail('no key pair')
    await expectCode(withKeys({ encryptionPrivateKey: pair.privateKey }), 'invalid-input')
    await expectCode(withKeys({ encryptionPrivateKey: pair.publicKey }), 'invalid-input')
  })

  test('what is left of a key that was not cloned well is refused', async () => {
    for (const [name, key] of Object.entries(keys)) {
      const { algorithm, extractable, type, usages }: CryptoKey = key
      for (const left of [{ algorithm, extractable, type, usages }, null, {}]) {
        await expectCode(withKeys({ [name]: left }), 'invalid-input')
      }
    }
  })
})
