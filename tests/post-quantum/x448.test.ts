import { Chacha20Poly1305 } from '@hpke/chacha20poly1305'
import { DhkemX448HkdfSha512 } from '@hpke/dhkem-x448'
import { ed448, x448 } from '@noble/curves/ed448.js'
import { describe, expect, test } from 'vitest'
import { type CipherSuiteDescription, GroupEpoch, type Revision } from '../../lib/index.js'
import { hpkeAead, hpkeKem } from '../../lib/stacks/hpke-js.js'
import { cipherSuite } from '../../lib/stacks/post-quantum.js'
import { fromTsMls, type TsMlsClientState } from '../../lib/stacks/ts-mls.js'
import { text } from '../oracle/wire.js'
import { expectCode } from '../support/expect-code.js'
import { groupContextBytes1, groupContextBytes2 } from '../support/groups/group-context.js'
import {
  createMlsGroup,
  type MlsStack,
  type MlsState,
  stateOf,
  tsMls1,
  tsMls2,
} from '../support/groups/groups.js'
import { hex } from '../support/hex.js'
import { randomBytes } from '../support/random-group.js'
import { newStorageKey, stored } from '../support/records.js'
import { isPeculiar } from '../support/runtime.js'
import { revisions } from '../support/suites.js'
import { groupOfTwo } from './pair.js'
import { send } from './talk.js'

/** RFC 9420 section 17.1: the suites that SubtleCrypto alone does not run, since no engine but Node has X448. */
const parts = { kdf: 'HKDF-SHA512', hash: 'SHA-512', signature: 'Ed448' } as const
const kem = hpkeKem(new DhkemX448HkdfSha512())
const suites: readonly CipherSuiteDescription[] = [
  cipherSuite({ id: 4, kem, aead: 'AES-256-GCM', ...parts }),
  cipherSuite({ id: 6, kem, aead: hpkeAead(new Chacha20Poly1305()), ...parts }),
]

const applicationData = text('only you can read this')

function pair(suite: CipherSuiteDescription, revision: Revision = '02') {
  const leaves = [0, 1].map((leafIndex) => {
    const [encryption, signature] = [x448.keygen(), ed448.keygen()]
    return {
      leafIndex,
      encryptionKey: encryption.publicKey,
      encryptionPrivateKey: encryption.secretKey,
      signatureKey: signature.publicKey,
      signaturePrivateKey: signature.secretKey,
    }
  })
  const as = groupOfTwo({ revision, leaves, Nh: 64 })
  return (leafIndex: 0 | 1) => as(leafIndex, suite)
}

test.runIf(isPeculiar)('an engine without Ed448 says so', async () => {
  for (const suite of suites) await expectCode(GroupEpoch.create(pair(suite)(0)), 'unsupported-cipher-suite')
})

describe.skipIf(isPeculiar).each(suites)('suite $id, X448 of hpke-js and Ed448 of the engine', (suite) => {
  test.each(revisions)('talks, revision %s', async (revision) => {
    const as = pair(suite, revision)
    const [alice, bob] = [await GroupEpoch.create(as(0)), await GroupEpoch.create(as(1))]
    const message = await alice.seal({ recipientLeafIndex: 1, applicationData })
    expect(await bob.open(message)).toMatchObject({ senderLeafIndex: 0, applicationData })
    for (let at = 0; at < message.length; at += 29) {
      const changed = message.map((byte, i) => (i === at ? byte ^ 1 : byte))
      await expect(bob.open(changed)).rejects.toHaveProperty('name', 'TargetedMessageError')
    }
  })

  test('a record comes back, with and without a storageKey', async () => {
    for (const storageKey of [undefined, await newStorageKey()]) {
      const as = pair(suite)
      const record = stored((await GroupEpoch.create({ ...as(1), storageKey })).export())
      const again = await GroupEpoch.from(record, { storageKey, cipherSuites: [suite] })
      const message = await (await GroupEpoch.create(as(0))).seal({ recipientLeafIndex: 1, applicationData })
      expect((await again.open(message)).applicationData).toEqual(applicationData)
    }
  })

  test('keys of another length, and those of another, are refused at create', async () => {
    const given = pair(suite)(0)
    const { encryptionPrivateKey, signaturePrivateKey, leafIndex } = given.self
    for (const length of [32, 55, 57]) {
      const self = { leafIndex, encryptionPrivateKey: randomBytes(length), signaturePrivateKey }
      const error = await expectCode(GroupEpoch.create({ ...given, self }), 'invalid-input')
      expect(error.message).toMatch(/56 bytes for KEM 0x21 of hpke-js$/)
      const members = given.members.map((leaf) => ({ ...leaf, encryptionKey: randomBytes(length) }))
      const refused = await expectCode(GroupEpoch.create({ ...given, members }), 'invalid-input')
      expect(refused.message).toBe(`encryptionKey of leaf 0 must be 56 bytes long, not ${length}`)
    }
    const other = pair(suite)(0).self
    for (const self of [
      { leafIndex, encryptionPrivateKey: other.encryptionPrivateKey, signaturePrivateKey },
      { leafIndex, encryptionPrivateKey, signaturePrivateKey: other.signaturePrivateKey },
      { leafIndex, encryptionPrivateKey, signaturePrivateKey: signaturePrivateKey.slice(1) },
    ]) {
      await expectCode(GroupEpoch.create({ ...given, self }), 'invalid-input')
    }
  })

  test('a public key of small order is refused at seal, RFC 9180 section 7.1.4', async () => {
    const given = pair(suite)(0)
    const members = given.members.map((leaf) =>
      leaf.leafIndex === 1 ? { ...leaf, encryptionKey: new Uint8Array(56) } : leaf,
    )
    const alice = await GroupEpoch.create({ ...given, members })
    const error = await expectCode(alice.seal({ recipientLeafIndex: 1, applicationData }), 'invalid-input')
    expect(error.message).toBe("the recipient's public key is not a valid KEM 0x21 of hpke-js key")
  })

  test('without a description, the number says where to find one', async () => {
    const error = await expectCode(
      GroupEpoch.create({ ...pair(suite)(0), cipherSuite: suite.id }),
      'unsupported-cipher-suite',
    )
    expect(error.message).toContain('see mls-targeted-messages/post-quantum')
  })
})

/** What the names say, and it is so. */
const inGroups = <State extends MlsState & TsMlsClientState>(
  stack: MlsStack<State>,
  groupContextBytes: (state: State) => Uint8Array,
) =>
  describe.skipIf(isPeculiar).each([
    [4, 'AES-256-GCM'],
    [6, 'ChaCha20-Poly1305'],
  ] as const)(`suite %i in a real group of ${stack.name}`, (number, aead) => {
    const plugIn = hpkeAead(new Chacha20Poly1305())
    const groupOf = () => createMlsGroup({ stack, cipherSuite: number, members: ['alice', 'bob'] })

    test('both talk to each other in each revision', async () => {
      const group = await groupOf()
      for (const revision of revisions) {
        const as = (name: string) =>
          GroupEpoch.create({ ...fromTsMls(stateOf(group, name), { kem, aead: plugIn }), revision })
        const [alice, bob] = [await as('alice'), await as('bob')]
        expect(alice.cipherSuite).toBe(number)
        await send(alice, bob)
        await send(bob, alice)
      }
    })

    test('what a state holds, as RFC 9420 writes it', async () => {
      const state = stateOf(await groupOf(), 'bob')
      const given = fromTsMls(state, { kem })
      expect(given.cipherSuite).toEqual({ id: number, kem, aead, ...parts })
      expect(hex(given.groupContext)).toBe(hex(groupContextBytes(state)))
      const withPlugIn = fromTsMls(state, { kem, aead: plugIn })
      expect(withPlugIn.cipherSuite).toHaveProperty('aead', number === 6 ? plugIn : aead)
      const { message } = await expectCode(() => fromTsMls(state), 'unsupported-cipher-suite')
      expect(message).toMatch(/ needs the kem X448 \(0x21\), from mls-targeted-messages\/hpke-js$/)
    })
  })

inGroups(tsMls1, ({ groupContext }) => groupContextBytes1(groupContext))
inGroups(tsMls2, ({ groupContext }) => groupContextBytes2(groupContext))
