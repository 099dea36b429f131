import { beforeAll, describe, expect, test } from 'vitest'
import { type OracleMember, oracleSeal } from '../../tests/oracle/oracle.js'
import { text } from '../../tests/oracle/wire.js'
import { couple } from '../../tests/support/epochs.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { type RandomGroup, randomGroup } from '../../tests/support/random-group.js'
import { runtimeSuites } from '../../tests/support/runtime.js'
import { type SubtleCalls, subtleCalls } from '../../tests/support/subtle-calls.js'
import { revisions } from '../../tests/support/suites.js'
import { GroupEpoch, supportedCipherSuites } from '../index.js'

const recipientLeafIndex = 1
const applicationData = text('still works')

/** Every array of secret bytes that a member gives. */
const secretsOf = ({ exporterSecret, self }: OracleMember) => [
  exporterSecret,
  self.encryptionPrivateKey,
  self.signaturePrivateKey,
]

describe.each(runtimeSuites)('create, suite %i', (cipherSuite) => {
  let group: RandomGroup
  beforeAll(async () => {
    group = await randomGroup({ cipherSuite })
  })

  test("leaves the caller's bytes as they are", async () => {
    const member = group.as(0)
    const before = structuredClone(member)
    await GroupEpoch.create(member)
    expect(member).toEqual(before)
  })

  test('copies before it awaits: the caller may wipe at once', async () => {
    const member = structuredClone(group.as(0))
    const creating = GroupEpoch.create(member)
    const { groupId, groupContext, members } = member
    const keys = members.flatMap((leaf) => [leaf.encryptionKey, leaf.signatureKey])
    for (const bytes of [...secretsOf(member), groupId, groupContext, ...keys]) bytes.fill(0)
    const epoch = await creating
    const message = await epoch.seal({ recipientLeafIndex, applicationData })
    const bob = await GroupEpoch.create(group.as(1))
    expect((await bob.open(message)).applicationData).toEqual(applicationData)
    const answer = await oracleSeal(group.as(1), { recipientLeafIndex: 0, applicationData })
    expect((await epoch.open(answer)).senderLeafIndex).toBe(1)
  })

  test('has no secret left that can be read', async () => {
    await supportedCipherSuites()
    const member = group.as(0)
    const calls = await subtleCalls(async () => {
      const epoch = await GroupEpoch.create(member)
      await epoch.seal({ recipientLeafIndex, applicationData })
      await epoch.open(
        await (await GroupEpoch.create(group.as(1))).seal({ recipientLeafIndex: 0, applicationData }),
      )
    })
    const made = secretKeys(calls)
    expect(made.length).toBeGreaterThan(10)
    for (const key of made) expect(key.extractable, JSON.stringify(key.algorithm)).toBe(false)
  })

  test('overwrites its copies of the secrets that it imports and encrypts', async () => {
    const storageKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ])
    const calls = await subtleCalls(() => GroupEpoch.create({ ...group.as(0), storageKey }))
    const copies = [...importedSecrets(calls), ...calls.encrypt.map((call) => call.arguments[2])]
    expect(copies.length).toBeGreaterThan(5)
    for (const copy of copies) expectZeros(copy)
  })

  test.each(['encryptionPrivateKey', 'signaturePrivateKey'] as const)(
    'overwrites what it derived when %s belongs to somebody else',
    async (name) => {
      const self = { ...group.as(0).self, [name]: group.as(1).self[name] }
      const calls = await subtleCalls(async () => {
        await expectCode(GroupEpoch.create({ ...group.as(0), self }), 'invalid-input')
      })
      const derived = (await Promise.all(calls.sign.map(({ result }) => result))).filter(
        (result) => result instanceof ArrayBuffer && result.byteLength === group.as(0).exporterSecret.length,
      )
      expect(derived.length).toBeGreaterThan(3)
      for (const copy of [...importedSecrets(calls), ...derived]) expectZeros(copy)
    },
  )
})

/** The bytes of all secret keys that were imported. */
const importedSecrets = ({ importKey }: SubtleCalls): unknown[] =>
  importKey.filter(({ result }) => isKey(result) && result.type === 'secret').map((call) => call.arguments[1])

function expectZeros(copy: unknown): void {
  const bytes = copy instanceof ArrayBuffer ? new Uint8Array(copy) : copy
  expect(bytes).toBeInstanceOf(Uint8Array)
  if (bytes instanceof Uint8Array) expect(bytes.every((byte) => byte === 0)).toBe(true)
}

/** All CryptoKeys made that are not public. */
function secretKeys({ importKey, generateKey, deriveKey }: SubtleCalls): CryptoKey[] {
  const results = [...importKey, ...generateKey, ...deriveKey].map(({ result }) => result)
  return results
    .flatMap((result) => (isPair(result) ? [result.privateKey, result.publicKey] : [result]))
    .filter((key): key is CryptoKey => isKey(key) && key.type !== 'public')
}

const isPair = (value: unknown): value is CryptoKeyPair =>
  typeof value === 'object' && value !== null && 'privateKey' in value
const isKey = (value: unknown): value is CryptoKey =>
  typeof value === 'object' && value !== null && 'extractable' in value

describe.each(revisions)('an epoch, revision %s', (revision) => {
  test('tells whose it is', async () => {
    const { alice, as } = await couple({ revision, cipherSuite: 2 })
    const { groupId, epoch } = as(0)
    expect(alice).toMatchObject({ groupId, epoch, cipherSuite: 2, leafIndex: 0 })
    alice.groupId.fill(0)
    expect(alice.groupId).toEqual(groupId)
  })

  test('revision 00 alone needs the GroupContext', async () => {
    const member = (await randomGroup({ revision })).as(0)
    const creating = GroupEpoch.create({ ...member, groupContext: undefined })
    if (revision === '00') {
      const { message } = await expectCode(creating, 'invalid-input')
      expect(message).toMatch(/needs groupContext/)
    } else {
      expect((await creating).epoch).toBe(7n)
    }
  })

  test('00 is the default', async () => {
    const group = await randomGroup({ revision })
    const epoch = await GroupEpoch.create({ ...group.as(0), revision: undefined })
    const message = await epoch.seal({ recipientLeafIndex, applicationData })
    const opening = (await GroupEpoch.create(group.as(1))).open(message)
    if (revision === '00') expect((await opening).applicationData).toEqual(applicationData)
    else await expectCode(opening, 'signature')
  })

  test('members of the same group in different revisions do not understand each other', async () => {
    const group = await randomGroup({ revision })
    const message = await (await GroupEpoch.create(group.as(0))).seal({ recipientLeafIndex, applicationData })
    for (const other of revisions.filter((one) => one !== revision)) {
      const bob = await GroupEpoch.create({ ...group.as(1), revision: other })
      const code = other === '00' || revision === '00' ? 'signature' : 'content'
      await expectCode(bob.open(message), code)
    }
  })
})
