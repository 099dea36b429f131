import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js'
import { describe, expect, test } from 'vitest'
import { text } from '../../../tests/oracle/wire.js'
import { postQuantumPair, suites } from '../../../tests/post-quantum/members.js'
import { nativeSignatures, plugInSignatures } from '../../../tests/post-quantum/ways.js'
import { expectCode } from '../../../tests/support/expect-code.js'
import { newStorageKey, stored } from '../../../tests/support/records.js'
import { nativeKemIds } from '../../../tests/support/runtime.js'
import { GroupEpoch, type PrivateKeyInput, type SignatureCallback } from '../../index.js'
import { cipherSuite, signaturePlugIn } from '../../stacks/post-quantum.js'
import type { SignatureScheme } from './scheme.js'

const applicationData = text('only you can read this')

/** FIPS 204: lengths in bytes of a public key and a signature. */
const schemes = [
  ['ML-DSA-44', ml_dsa44, 1312, 2420],
  ['ML-DSA-65', ml_dsa65, 1952, 3309],
  ['ML-DSA-87', ml_dsa87, 2592, 4627],
] as const

/** SubtleCrypto's ML-DSA came with its ML-KEM. */
const isNative = nativeKemIds.length > 0

test('SubtleCrypto has what this runtime is known to have', async () => {
  for (const scheme of Object.values(nativeSignatures)) expect(await scheme.isSupported()).toBe(isNative)
})

describe.each(schemes)('%s', (name, noble, publicKeyLength, signatureLength) => {
  const keys = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)].map((seed) => ({
    seed,
    ...noble.keygen(seed),
  }))
  const as = (leaf: number) => {
    const key = keys[leaf]
    if (!key) throw new Error('two leaves')
    return key
  }

  /** Leaf 0 or 1 of a group whose suite has this scheme. */
  async function group() {
    const member = await postQuantumPair('X-Wing')
    return (
      leafIndex: 0 | 1,
      signature: SignatureScheme,
      signaturePrivateKey: PrivateKeyInput | SignatureCallback,
      options: { readonly storageKey?: CryptoKey } = {},
    ) => {
      const suite = cipherSuite({ ...suites['X-Wing'].plugIn, id: 0xf109, signature })
      const { members, self, ...epoch } = member(leafIndex, suite)
      const ours = members.map((leaf) => ({
        ...leaf,
        signatureKey: new Uint8Array(as(leaf.leafIndex).publicKey),
      }))
      return GroupEpoch.create({
        ...epoch,
        members: ours,
        self: { ...self, signaturePrivateKey },
        ...options,
      })
    }
  }

  const plugIn = plugInSignatures[name]
  const native = nativeSignatures[name]
  const verifiers: readonly SignatureScheme[] = isNative ? [plugIn, native] : [plugIn]

  test('a plug-in signs with its own key, a callback with any, SubtleCrypto with a seed or a CryptoKey', async () => {
    const create = await group()
    const callback: SignatureCallback = async (content) => noble.sign(content, as(0).secretKey)
    const verifyOnly = signaturePlugIn(native, { verify: noble.verify })
    const senders = [
      await create(0, plugIn, as(0).secretKey),
      await create(0, plugIn, callback),
      await create(0, verifyOnly, callback),
    ]
    if (isNative) {
      const key = await crypto.subtle.importKey('raw-seed', as(0).seed, name, false, ['sign'])
      senders.push(
        await create(0, native, as(0).seed),
        await create(0, native, key),
        await create(0, native, callback),
      )
    }
    for (const verifier of verifiers) {
      const bob = await create(1, verifier, async () => new Uint8Array())
      for (const alice of senders) {
        const message = await alice.seal({ recipientLeafIndex: 1, applicationData })
        expect(await bob.open(message)).toMatchObject({ senderLeafIndex: 0, applicationData })
      }
    }
  })

  test("another member's key is refused, and a signature of his", async () => {
    const create = await group()
    await expectCode(create(0, plugIn, as(1).secretKey), 'invalid-input')
    if (isNative) await expectCode(create(0, native, as(1).seed), 'invalid-input')
    const mallory = await create(0, plugIn, async (content) => noble.sign(content, as(1).secretKey))
    const error = await expectCode(mallory.seal({ recipientLeafIndex: 1, applicationData }), 'invalid-input')
    expect(error.message).toBe('the result of the signaturePrivateKey callback does not verify')
  })

  test('lengths are checked before any work', async () => {
    for (const scheme of verifiers) {
      await expect(scheme.importPublicKey(new Uint8Array(publicKeyLength - 1))).rejects.toThrow(TypeError)
      const key = await scheme.importPublicKey(new Uint8Array(as(0).publicKey))
      expect(await scheme.verify(key, applicationData, new Uint8Array(signatureLength - 1))).toBe(false)
      const signature = new Uint8Array(noble.sign(applicationData, as(0).secretKey))
      expect(signature).toHaveLength(signatureLength)
      expect(await scheme.verify(key, applicationData, signature)).toBe(true)
      const changed = signature.map((byte, i) => (i === 9 ? byte ^ 1 : byte))
      expect(await scheme.verify(key, applicationData, changed)).toBe(false)
    }
  })

  test('a plug-in that does not verify is none', async () => {
    for (const plugIn of [undefined, null, {}, { sign: noble.sign }]) {
      const make = () => Reflect.apply(signaturePlugIn, undefined, [native, plugIn])
      expect((await expectCode(make, 'invalid-input')).message).toBe('the plug-in has no verify')
    }
  })

  test('a plug-in that does not sign takes no private key, and only true is a yes', async () => {
    const create = await group()
    const verifyOnly = signaturePlugIn(native, { verify: noble.verify })
    await expectCode(create(0, verifyOnly, as(0).secretKey), 'invalid-input')
    const vague = signaturePlugIn(native, { verify: (() => 1) as never })
    const key = await vague.importPublicKey(new Uint8Array(publicKeyLength))
    expect(await vague.verify(key, applicationData, new Uint8Array(signatureLength))).toBe(false)
  })

  test.runIf(isNative)("a record holds the engine's key, and signs after it was read", async () => {
    const create = await group()
    const importSeed = (leaf: number, extractable: boolean) =>
      crypto.subtle.importKey('raw-seed', as(leaf).seed, name, extractable, ['sign'])
    const [extractable, hidden] = [await importSeed(0, true), await importSeed(0, false)]
    const suite = cipherSuite({ ...suites['X-Wing'].plugIn, id: 0xf109, signature: native })
    const bob = await create(1, native, as(1).seed)
    const expectToSign = async (alice: GroupEpoch) => {
      const message = await alice.seal({ recipientLeafIndex: 1, applicationData })
      expect((await bob.open(message)).applicationData).toEqual(applicationData)
    }
    for (const given of [as(0).seed, extractable, hidden]) {
      const record = stored((await create(0, native, given)).export())
      expect(record.secrets.signaturePrivateKey?.kind).toBe('key')
      await expectToSign(await GroupEpoch.from(record, { cipherSuites: [suite] }))
    }
    const storageKey = await newStorageKey()
    for (const given of [as(0).seed, extractable]) {
      const record = stored((await create(0, native, given, { storageKey })).export())
      expect(record.secrets.signaturePrivateKey?.kind).toBe('storage-key')
      await expectToSign(await GroupEpoch.from(record, { storageKey, cipherSuites: [suite] }))
    }
    const locked = await create(0, native, hidden, { storageKey })
    await expectToSign(locked)
    await expectCode(() => locked.export(), 'storage')
    for (const isExtractable of [true, false])
      await expectCode(create(0, native, await importSeed(1, isExtractable)), 'invalid-input')
  })

  test("a record holds a plug-in's key encrypted, and signs after it was read", async () => {
    const create = await group()
    const alice = await create(0, plugIn, as(0).secretKey)
    const record = stored(alice.export())
    expect(record.secrets.signaturePrivateKey?.kind).toBe('record-key')
    const suite = cipherSuite({ ...suites['X-Wing'].plugIn, id: 0xf109, signature: plugIn })
    const again = await GroupEpoch.from(record, { cipherSuites: [suite] })
    const message = await again.seal({ recipientLeafIndex: 1, applicationData })
    const bob = await create(1, plugIn, as(1).secretKey)
    expect((await bob.open(message)).applicationData).toEqual(applicationData)
  })
})
