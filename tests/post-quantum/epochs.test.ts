import { Chacha20Poly1305 } from '@hpke/chacha20poly1305'
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js'
import { describe, expect, test } from 'vitest'
import { cipherSuites } from '../../lib/crypto/suites.js'
import { GroupEpoch, Inbox } from '../../lib/index.js'
import { cipherSuite } from '../../lib/stacks/post-quantum.js'
import { oracleSeal } from '../oracle/oracle.js'
import { text } from '../oracle/wire.js'
import { expectCode } from '../support/expect-code.js'
import { stored } from '../support/records.js'
import { isChromium, isPeculiar, nativeKemIds } from '../support/runtime.js'
import { revisions } from '../support/suites.js'
import { postQuantumPair, suiteNames, suites } from './members.js'

const applicationData = text('only you can read this')
const newStorageKey = () =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])

describe.each(suiteNames)('%s', (name) => {
  const { native, plugIn } = suites[name]
  const ways = async () => ((await isNative()) ? [plugIn, native] : [plugIn])
  const isNative = async () => 'isSupported' in native.kem && (await hasNative())
  async function hasNative(): Promise<boolean> {
    const as = await postQuantumPair(name)
    return GroupEpoch.create(as(0, native)).then(
      () => true,
      (error: { code: string }) => {
        expect(error.code).toBe('unsupported-cipher-suite')
        return false
      },
    )
  }

  test.each(revisions)('talks, revision %s', async (revision) => {
    for (const sealing of await ways()) {
      for (const opening of await ways()) {
        const as = await postQuantumPair(name, revision)
        const alice = await GroupEpoch.create(as(0, sealing))
        const bob = await GroupEpoch.create(as(1, opening))
        expect(alice.cipherSuite).toBe(native.id)
        const message = await alice.seal({ recipientLeafIndex: 1, applicationData })
        expect(await bob.open(message)).toMatchObject({ senderLeafIndex: 0, applicationData })
      }
    }
  })

  test('a record says which suite is missing, and is read with it', async () => {
    for (const suite of await ways()) {
      const as = await postQuantumPair(name)
      const record = stored((await GroupEpoch.create(as(1, suite))).export())
      const message = await (await GroupEpoch.create(as(0, plugIn))).seal({
        recipientLeafIndex: 1,
        applicationData,
      })
      for (const options of [{}, { cipherSuites: [] }, { cipherSuites: [{ ...suite, id: 0xf0ff }] }]) {
        const error = await expectCode(GroupEpoch.from(record, options), 'unsupported-cipher-suite')
        expect(error.message).toBe(
          `cipher suite ${suite.id} is not built in: see mls-targeted-messages/post-quantum`,
        )
      }
      const again = await GroupEpoch.from(record, { cipherSuites: [suite] })
      expect((await again.open(message)).applicationData).toEqual(applicationData)
      const back = await again.seal({ recipientLeafIndex: 0, applicationData })
      expect((await (await GroupEpoch.create(as(0, plugIn))).open(back)).applicationData).toEqual(
        applicationData,
      )
    }
  })

  test.skipIf(isPeculiar)(
    "a plug-in's key is in the record encrypted, the others are CryptoKeys",
    async () => {
      const as = await postQuantumPair(name)
      const { secrets } = (await GroupEpoch.create(as(1, plugIn))).export()
      expect(secrets.encryptionPrivateKey.kind).toBe('record-key')
      expect([
        secrets.psk.kind,
        secrets.senderAuthDataSecret.kind,
        secrets.signaturePrivateKey?.kind,
      ]).toEqual(Array(3).fill('key'))
    },
  )

  test('a storageKey encrypts all, and is wanted again', async () => {
    const storageKey = await newStorageKey()
    for (const suite of await ways()) {
      const as = await postQuantumPair(name)
      const record = stored((await GroupEpoch.create({ ...as(1, suite), storageKey })).export())
      expect(record.secrets.encryptionPrivateKey.kind).toBe('storage-key')
      await expectCode(GroupEpoch.from(record, { cipherSuites: [suite] }), 'storage')
      const again = await GroupEpoch.from(record, { storageKey, cipherSuites: [suite] })
      const alice = await GroupEpoch.create(as(0, plugIn))
      const message = await alice.seal({ recipientLeafIndex: 1, applicationData })
      expect((await again.open(message)).applicationData).toEqual(applicationData)
    }
  })

  test('a storageKey that only unwraps is refused at once for a plug-in', async () => {
    const usages: KeyUsage[] = ['encrypt', 'unwrapKey']
    const raw = crypto.getRandomValues(new Uint8Array(32))
    const importAs = (uses: KeyUsage[]) => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, uses)
    const [storageKey, decrypts] = [await importAs(usages), await importAs([...usages, 'decrypt'])]
    const as = await postQuantumPair(name)
    const wanted = 'storageKey must be an AES-GCM CryptoKey with the usage encrypt, and with decrypt'
    const expectRefusal = async (action: Promise<unknown>) =>
      expect((await expectCode(action, 'invalid-input')).message).toBe(wanted)
    const cipherSuites = [plugIn]
    await expectRefusal(GroupEpoch.create({ ...as(1, plugIn), storageKey }))
    await expectRefusal(Inbox.open({ storageKey, cipherSuites: new Set(cipherSuites) }))

    // The same key, made again with fewer usages.
    const epoch = await GroupEpoch.create({ ...as(1, plugIn), storageKey: decrypts })
    await expectCode(GroupEpoch.from(epoch.export(), { storageKey, cipherSuites }), 'storage')
    expect(await GroupEpoch.from(epoch.export(), { storageKey: decrypts, cipherSuites })).toBeInstanceOf(
      GroupEpoch,
    )
    const inbox = await Inbox.open({ storageKey: decrypts, cipherSuites: new Set(cipherSuites).values() })
    await inbox.enter(epoch)
    expect(await inbox.current(epoch.groupId)).toBeInstanceOf(GroupEpoch)

    // What the engine itself does, it unwraps.
    if (!(await isNative())) return
    const own = await GroupEpoch.create({ ...as(1, native), storageKey })
    const again = await GroupEpoch.from(own.export(), { storageKey, cipherSuites: [native] })
    const alice = await GroupEpoch.create(as(0, plugIn))
    const message = await alice.seal({ recipientLeafIndex: 1, applicationData })
    expect((await again.open(message)).applicationData).toEqual(applicationData)
  })

  test('an inbox takes cipherSuites, and says which one is missing', async () => {
    for (const suite of await ways()) {
      const as = await postQuantumPair(name)
      const alice = await GroupEpoch.create(as(0, plugIn))
      const bob = await GroupEpoch.create(as(1, suite))
      const message = await alice.seal({ recipientLeafIndex: 1, applicationData })
      const without = await Inbox.open()
      const error = await expectCode(without.enter(bob), 'unsupported-cipher-suite')
      expect(error.message).toContain(`cipher suite ${suite.id} `)
      const inbox = await Inbox.open({ cipherSuites: [suite] })
      await inbox.enter(bob)
      expect((await inbox.receive(message)).applicationData).toEqual(applicationData)
      await expectCode(inbox.receive(message), 'replay')
      const current = await inbox.current(bob.groupId)
      expect(current?.cipherSuite).toBe(suite.id)
    }
  })

  test("a member's bad encapsulation key is invalid-input at seal, with a sentence", async () => {
    for (const suite of await ways()) {
      const as = await postQuantumPair(name)
      const given = as(0, suite)
      const members = given.members.map((leaf) =>
        leaf.leafIndex === 1
          ? { ...leaf, encryptionKey: leaf.encryptionKey.slice().fill(0xff, 0, 1152) }
          : leaf,
      )
      const alice = await GroupEpoch.create({ ...given, members })
      const error = await expectCode(alice.seal({ recipientLeafIndex: 1, applicationData }), 'invalid-input')
      expect(error.message).toMatch(/is not a valid (KEM 0x|ML).* key/)
      const short = given.members.map((leaf) =>
        leaf.leafIndex === 1 ? { ...leaf, encryptionKey: leaf.encryptionKey.slice(1) } : leaf,
      )
      const refused = await expectCode(GroupEpoch.create({ ...given, members: short }), 'invalid-input')
      expect(refused.message).toMatch(/^encryptionKey of leaf 1 must be \d+ bytes long, not \d+$/)
    }
  })

  test('a mismatched key pair, a seed of another length and PKCS#8 are refused at create', async () => {
    for (const suite of await ways()) {
      const as = await postQuantumPair(name)
      const given = as(0, suite)
      const other = (await postQuantumPair(name))(0, suite).self
      const { encryptionPrivateKey, signaturePrivateKey } = given.self
      for (const wrong of [
        other.encryptionPrivateKey,
        encryptionPrivateKey.slice(1),
        new Uint8Array(86),
        given.members[0]?.encryptionKey ?? new Uint8Array(),
      ]) {
        const self = { leafIndex: 0, encryptionPrivateKey: wrong, signaturePrivateKey }
        const error = await expectCode(GroupEpoch.create({ ...given, self }), 'invalid-input')
        expect(error.message).toMatch(/^self.encryptionPrivateKey must be the private key of the own leaf: /)
      }
    }
  })

  test.runIf(nativeKemIds.includes(native.kem.id))(
    "the engine's own CryptoKey stands in for the seed: one that is extractable is stored, another if it can be",
    async () => {
      const as = await postQuantumPair(name)
      const given = as(1, native)
      const { leafIndex, encryptionPrivateKey: seed, signaturePrivateKey } = given.self
      const importSeed = (bytes: Uint8Array, extractable: boolean) =>
        crypto.subtle.importKey('raw-seed', bytes.slice(), native.kem.name, extractable, ['decapsulateBits'])
      const create = (encryptionPrivateKey: CryptoKey, storageKey?: CryptoKey) =>
        GroupEpoch.create({
          ...given,
          self: { leafIndex, encryptionPrivateKey, signaturePrivateKey },
          storageKey,
        })
      const alice = await GroupEpoch.create(as(0, plugIn))
      const expectToOpen = async (bob: GroupEpoch) => {
        const message = await alice.seal({ recipientLeafIndex: 1, applicationData })
        expect((await bob.open(message)).applicationData).toEqual(applicationData)
      }
      const storageKey = await newStorageKey()
      const cipherSuites = [native]
      /** Chromium turns X-Wing's keys into null when it clones them. */
      const isLost = isChromium && name === 'X-Wing'

      const extractable = await importSeed(seed, true)
      for (const options of [{ cipherSuites }, { cipherSuites, storageKey }]) {
        const bob = await create(extractable, options.storageKey)
        await expectToOpen(bob)
        await expectToOpen(await GroupEpoch.from(stored(bob.export()), options))
      }
      const kept = await create(extractable)
      expect(kept.export().secrets.encryptionPrivateKey.kind).toBe(isLost ? 'record-key' : 'key')

      const hidden = await importSeed(seed, false)
      const bob = await create(hidden)
      await expectToOpen(bob)
      if (isLost) await expectCode(() => bob.export(), 'storage')
      else await expectToOpen(await GroupEpoch.from(stored(bob.export()), { cipherSuites }))
      const locked = await create(hidden, storageKey)
      await expectToOpen(locked)
      await expectCode(() => locked.export(), 'storage')

      for (const isExtractable of [true, false]) {
        const other = await importSeed(as(0, native).self.encryptionPrivateKey, isExtractable)
        await expectCode(create(other), 'invalid-input')
      }
    },
  )

  test('a changed KEM output is refused whatever the KEM makes of it', async () => {
    for (const suite of await ways()) {
      for (const revision of revisions) {
        const as = await postQuantumPair(name, revision)
        const sender = { ...as(0, suite), cipherSuite: suite.id }
        const bob = await GroupEpoch.create(as(1, suite))
        const seal = (change: (correct: Uint8Array) => Uint8Array) =>
          oracleSeal(sender, { recipientLeafIndex: 1, applicationData, kemOutput: change })
        const whole = await seal((correct) => correct)
        expect((await bob.open(whole)).applicationData).toEqual(applicationData)
        for (const part of [0, 0.4, 0.999]) {
          // Signed as it is, so that it comes to decapsulation.
          const message = await seal((correct) =>
            correct.map((byte, i) => (i === Math.floor(part * correct.length) ? byte ^ 1 : byte)),
          )
          await expectCode(bob.open(message), 'content')
        }
      }
    }
  })
})

test('a description that cipherSuite did not make is taken if it is whole, and else refused with a sentence', async () => {
  const as = await postQuantumPair('X-Wing')
  const { kem } = suites['X-Wing']
  const whole = { ...suites['X-Wing'].plugIn }
  expect((await GroupEpoch.create(as(0, whole))).cipherSuite).toBe(0xf101)
  const record = (await GroupEpoch.create(as(0, whole))).export()
  const unknown = 'a part of cipherSuite is missing or unknown: see mls-targeted-messages/post-quantum'
  const wrong: Readonly<Record<string, readonly (readonly [unknown, string])[]>> = {
    id: [
      ...[0x10000, -1, 1.5, undefined, 'x'].map(
        (id) => [id, `id of cipherSuite must be an integer from 0 to 65535, not ${id}`] as const,
      ),
      ...cipherSuites.map(({ id }) => [id, `cipher suite ${id} is built in: pass the number`] as const),
    ],
    // hpke-js's own objects, without hpkeKem and hpkeAead.
    kem: [undefined, null, 'X-Wing', kem].map((given) => [given, unknown]),
    kdf: [undefined, 'HKDF-SHA-256', 'SHA-256', 'constructor'].map((given) => [given, unknown]),
    hash: [undefined, 'SHA256', 'SHA-1', 'MD5', 'constructor', ['SHA-256']].map((given) => [given, unknown]),
    aead: [undefined, 'AES-GCM', 'constructor', new Chacha20Poly1305()].map((given) => [given, unknown]),
    signature: [undefined, 'ML-DSA-44', 'constructor', ml_dsa44].map((given) => [given, unknown]),
  }
  for (const [part, values] of Object.entries(wrong)) {
    for (const [value, sentence] of values) {
      const bare: typeof whole = Object.assign({ ...whole }, { [part]: value })
      expect((await expectCode(GroupEpoch.create(as(0, bare)), 'invalid-input')).message).toBe(sentence)
      // By another id it is not found at all.
      const reading = GroupEpoch.from(record, { cipherSuites: [bare] })
      const error = await expectCode(reading, part === 'id' ? 'unsupported-cipher-suite' : 'invalid-input')
      if (part !== 'id') expect(error.message).toBe(sentence)
    }
  }
  const none: typeof whole = Object.assign({})
  await expectCode(GroupEpoch.create(as(0, none)), 'invalid-input')
})

test('cipherSuite refuses an id that is none, a missing KEM, and a KDF or hash that is not known', async () => {
  const whole = { ...suites['X-Wing'].plugIn }
  const wrong: Readonly<Record<string, readonly unknown[]>> = {
    id: [undefined, -1, 1.5, 0x10000, '61697', 2],
    kem: [undefined, null],
    kdf: [undefined, 'HKDF-SHA-256', 'SHA-256', 'constructor'],
    hash: [undefined, 'SHA256', 'MD5'],
  }
  for (const [part, values] of Object.entries(wrong)) {
    for (const value of values) {
      const given: typeof whole = Object.assign({ ...whole }, { [part]: value })
      await expectCode(() => cipherSuite(given), 'invalid-input')
    }
  }
  for (const none of [[], [null], [{}], ['X-Wing']]) {
    const error = await expectCode(() => Reflect.apply(cipherSuite, undefined, none), 'invalid-input')
    expect(error.message).toBe('id of cipherSuite must be an integer from 0 to 65535, not undefined')
  }
  const { message } = await expectCode(
    () => cipherSuite(Object.assign(whole, { hash: 'MD5' })),
    'invalid-input',
  )
  expect(message).toBe('the hash MD5 of cipherSuite is not known')
})

test('the suites that cipherSuite calls built in are those that are', () => {
  const whole = { ...suites['X-Wing'].plugIn }
  const refused = Array.from({ length: 0x10000 }, (_, id) => id).filter((id) => {
    try {
      return cipherSuite({ ...whole, id }).id !== id
    } catch {
      return true
    }
  })
  expect(refused).toEqual(cipherSuites.map(({ id }) => id))
})
