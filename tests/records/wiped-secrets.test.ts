import { beforeAll, expect, test } from 'vitest'
import { GroupEpoch } from '../../lib/index.js'
import { randomGroup } from '../support/random-group.js'
import { newStorageKey } from '../support/records.js'
import { subtleCalls } from '../support/subtle-calls.js'

let storageKey: CryptoKey
beforeAll(async () => {
  storageKey = await newStorageKey()
})

const isObject = (value: unknown): value is { readonly name?: unknown } =>
  typeof value === 'object' && value !== null

test.each([1, 2])('secrets are wiped once create has imported them, suite %i', async (cipherSuite) => {
  const member = (await randomGroup({ cipherSuite })).as(0)
  const { importKey } = await subtleCalls(() => GroupEpoch.create({ ...member, storageKey }))
  const secrets = importKey.flatMap(({ arguments: [, bytes, algorithm] }) => {
    const name = isObject(algorithm) ? algorithm.name : algorithm
    return (name === 'HKDF' || name === 'HMAC') && bytes instanceof Uint8Array ? [bytes] : []
  })
  expect(secrets.length).toBeGreaterThanOrEqual(5)
  for (const bytes of secrets) expect(bytes.every((byte) => byte === 0)).toBe(true)
})

test('secrets that were decrypted are wiped once they are imported', async () => {
  const group = await randomGroup({ revision: '00', cipherSuite: 2 })
  const sealed = (await GroupEpoch.create({ ...group.as(0), storageKey })).export()
  const { decrypt } = await subtleCalls(() => GroupEpoch.from(sealed, { storageKey }))
  expect(decrypt).toHaveLength(4)
  for (const { result } of decrypt) {
    if (!(result instanceof ArrayBuffer)) return expect.fail('nothing was decrypted')
    expect(result.byteLength).toBeGreaterThanOrEqual(32)
    expect(new Uint8Array(result).every((byte) => byte === 0)).toBe(true)
  }
})
