import * as one from 'ts-mls'
import * as two from 'ts-mls-2'
import { describe, expect, test } from 'vitest'
import { text } from '../../tests/oracle/wire.js'
import { expectCode } from '../../tests/support/expect-code.js'
import { groupContextBytes1, groupContextBytes2 } from '../../tests/support/groups/group-context.js'
import { hex, unhex } from '../../tests/support/hex.js'
import { fromTsMls } from './ts-mls.js'
import {
  extensionData,
  extensionType,
  type TsMlsCredential,
  type TsMlsExtension,
} from './ts-mls-extensions.js'

const suiteName = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519'
const custom = 0xff01
const groupId = text('with extensions')
const signaturePublicKey = new Uint8Array(32).fill(5)
const required = { extensionTypes: [custom], proposalTypes: [], credentialTypes: [1] }

describe('GroupContext with extensions is as ts-mls serializes it', () => {
  test('ts-mls 1: in the state of a group', async () => {
    const impl = await one.getCiphersuiteImpl(one.getCiphersuiteFromName(suiteName))
    const credential = { credentialType: 'basic', identity: text('alice') } as const
    const capabilities = { ...one.defaultCapabilities(), extensions: [custom] }
    const own = await one.generateKeyPackage(credential, capabilities, one.defaultLifetime, [], impl)
    const extensions: one.Extension[] = [
      {
        extensionType: 'required_capabilities',
        extensionData: one.encodeRequiredCapabilities({ ...required, credentialTypes: ['basic'] }),
      },
      {
        extensionType: 'external_senders',
        extensionData: one.encodeExternalSender({ signaturePublicKey, credential }),
      },
      { extensionType: custom, extensionData: text('custom') },
    ]
    const { publicPackage, privatePackage } = own
    const state = await one.createGroup(groupId, publicPackage, privatePackage, extensions, impl)
    expect(state.groupContext.extensions).toHaveLength(3)
    expect(hex(fromTsMls(state).groupContext)).toBe(hex(groupContextBytes1(state.groupContext)))
  })

  test('ts-mls 2: in the state of who makes the group, and of who joins it', async () => {
    const cipherSuite = await two.getCiphersuiteImpl(suiteName)
    const context = { cipherSuite, authService: two.unsafeTestingAuthenticationService }
    const keyPackage = (name: string) =>
      two.generateKeyPackage({
        credential: { credentialType: two.defaultCredentialTypes.basic, identity: text(name) },
        capabilities: { ...two.defaultCapabilities(), extensions: [custom] },
        cipherSuite,
      })
    const [alice, bob] = [await keyPackage('alice'), await keyPackage('bob')]
    const credential = {
      credentialType: two.defaultCredentialTypes.x509,
      certificates: [text('one'), text('')],
    }
    const alone = await two.createGroup({
      context,
      groupId,
      keyPackage: alice.publicPackage,
      privateKeyPackage: alice.privatePackage,
      extensions: [
        { extensionType: two.defaultExtensionTypes.required_capabilities, extensionData: required },
        {
          extensionType: two.defaultExtensionTypes.external_senders,
          extensionData: { signaturePublicKey, credential },
        },
        two.makeCustomExtension({ extensionType: custom, extensionData: text('custom') }),
      ],
    })
    const made = await two.createCommit({
      context,
      state: alone,
      extraProposals: [
        { proposalType: two.defaultProposalTypes.add, add: { keyPackage: bob.publicPackage } },
      ],
      ratchetTreeExtension: true,
    })
    if (made.welcome === undefined) throw new Error('the commit made no Welcome')
    const joined = await two.joinGroup({
      context,
      welcome: made.welcome.welcome,
      keyPackage: bob.publicPackage,
      privateKeys: bob.privatePackage,
    })
    for (const state of [alone, made.newState, joined]) {
      expect(state.groupContext.extensions).toHaveLength(3)
      expect(hex(fromTsMls(state).groupContext)).toBe(hex(groupContextBytes2(state.groupContext)))
    }
    expect(hex(fromTsMls(joined).groupContext)).toBe(hex(fromTsMls(made.newState).groupContext))
  })
})

describe('extensionType, RFC 9420 section 17.3', () => {
  test('names and numbers', () => {
    const names = [
      'application_id',
      'ratchet_tree',
      'required_capabilities',
      'external_pub',
      'external_senders',
    ]
    expect(names.map(extensionType)).toEqual([1, 2, 3, 4, 5])
    expect(one.defaultExtensionTypes).toEqual(
      Object.fromEntries(names.map((name) => [name, extensionType(name)])),
    )
    expect([0, 6, custom].map(extensionType)).toEqual([0, 6, custom])
  })

  test('another name is invalid-input', async () => {
    for (const name of ['', '3', 'last_resort']) await expectCode(() => extensionType(name), 'invalid-input')
  })
})

describe('extensionData', () => {
  const written = (data: TsMlsExtension['extensionData']) => hex(extensionData(data))

  test('bytes are copied', () => {
    const data = unhex('0102')
    expect(extensionData(data)).toEqual(data)
    expect(extensionData(data)).not.toBe(data)
  })

  test('RequiredCapabilities, section 11.1', () => {
    expect(written({ extensionTypes: [1, 0x0203], proposalTypes: [], credentialTypes: [2] })).toBe(
      '0400010203' + '00' + '020002',
    )
  })

  test('ExternalSender, section 12.1.8.1, with each credential of section 5.3', () => {
    const key = unhex('aabb')
    const sender = (credential: TsMlsCredential) => written({ signaturePublicKey: key, credential })
    expect(sender({ credentialType: 1, identity: unhex('cc') })).toBe('02aabb' + '0001' + '01cc')
    expect(sender({ credentialType: 2, certificates: [unhex('cc'), unhex('')] })).toBe(
      '02aabb' + '0002' + '03' + '01cc' + '00',
    )
    expect(sender({ credentialType: 2, certificates: [] })).toBe('02aabb' + '0002' + '00')
    expect(sender({ credentialType: 0xf000, data: unhex('dd') })).toBe('02aabb' + 'f000' + '01dd')
  })

  test('ExternalSender external_senders<V>, RFC 9420 section 12.1.8.1, as ts-mls after 2.0.0-rc.10 has them', () => {
    const one = {
      signaturePublicKey: unhex('aabb'),
      credential: { credentialType: 1, identity: unhex('cc') },
    }
    const other = {
      signaturePublicKey: unhex('aa'),
      credential: { credentialType: 2, certificates: [unhex('dd')] },
    }
    const [first, second] = ['02aabb' + '0001' + '01cc', '01aa' + '0002' + '02' + '01dd']
    expect(written([])).toBe('00')
    expect(written([one])).toBe(`07${first}`)
    expect(written([one, other])).toBe(`0e${first}${second}`)
    expect(written(new Array<typeof one>(10).fill(one))).toBe(`4046${first?.repeat(10)}`)
  })
})
