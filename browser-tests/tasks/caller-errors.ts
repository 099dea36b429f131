/** Mistakes that callers make, and what they are told. Runs in pages and in Node. */

import { codeOf, type Library } from './library.js'
import { type MemberJson, memberFromJson } from './member.js'

/** By what is wrong: the code, or what else happened. */
export async function callerErrors(library: Library, json: MemberJson): Promise<Record<string, string>> {
  const member = memberFromJson(json)
  const epoch = await library.GroupEpoch.create(member)
  const bytes = new Uint8Array(5)
  const wrong: unknown = 'text instead of bytes'
  const create = (changes: Record<string, unknown>) =>
    Reflect.apply(library.GroupEpoch.create, library.GroupEpoch, [{ ...member, ...changes }])
  const seal = (options: unknown) => Reflect.apply(epoch.seal, epoch, [options])
  const self = (changes: Record<string, unknown>) => create({ self: { ...member.self, ...changes } })

  const mistakes: Record<string, () => unknown> = {
    'create: no options': () => Reflect.apply(library.GroupEpoch.create, library.GroupEpoch, []),
    'create: suite 4': () => create({ cipherSuite: 4 }),
    'create: revision 99': () => create({ revision: '99' }),
    'create: epoch as a number': () => create({ epoch: 7 }),
    'create: groupId as text': () => create({ groupId: wrong }),
    'create: no groupContext under 00': () => create({ revision: '00', groupContext: undefined }),
    'create: neither exporter nor secret': () => create({ exporterSecret: undefined }),
    'create: exporterSecret too short': () => create({ exporterSecret: bytes }),
    'create: exporter that throws': () =>
      create({ exporterSecret: undefined, exporter: () => Promise.reject(new RangeError('no')) }),
    'create: no members': () => create({ members: [] }),
    'create: members twice': () => create({ members: [...member.members, ...member.members] }),
    'create: own leaf not among members': () => self({ leafIndex: 99 }),
    'create: private key of zeros': () => self({ encryptionPrivateKey: new Uint8Array(32) }),
    'create: private key too short': () => self({ encryptionPrivateKey: bytes }),
    'create: private key as text': () => self({ signaturePrivateKey: wrong }),
    'seal: no options': () => seal(undefined),
    'seal: to nobody': () => seal({ recipientLeafIndex: 99, applicationData: bytes }),
    'seal: to oneself': () => seal({ recipientLeafIndex: member.self.leafIndex, applicationData: bytes }),
    'seal: leaf as text': () => seal({ recipientLeafIndex: '1', applicationData: bytes }),
    'seal: data as text': () => seal({ recipientLeafIndex: 0, applicationData: wrong }),
    'seal: padding below zero': () => seal({ recipientLeafIndex: 0, applicationData: bytes, padding: -1 }),
    'seal: padding that throws': () =>
      seal({ recipientLeafIndex: 0, applicationData: bytes, padding: () => JSON.parse('{') }),
    'open: text': () => Reflect.apply(epoch.open, epoch, [wrong]),
    'open: nothing': () => Reflect.apply(epoch.open, epoch, []),
    'open: no message': () => epoch.open(bytes),
    'open: too large': () => epoch.open(new Uint8Array(17 * 1024 * 1024)),
    'readHeader: no message': () => library.readHeader(bytes),
    'inspect: no message': () => library.inspect(bytes),
  }
  const codes: Record<string, string> = {}
  for (const [name, mistake] of Object.entries(mistakes)) codes[name] = await codeOf(library, mistake)
  return codes
}
