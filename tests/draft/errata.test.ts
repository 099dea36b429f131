import { beforeAll, describe, expect, test } from 'vitest'
import { hpkeInfo, keySchedule, pskForm, pskInput } from '../../lib/crypto/hpke-psk.js'
import type { Kem } from '../../lib/crypto/kem/kem.js'
import { importKey } from '../../lib/crypto/key-form.js'
import { importEncryptionPrivateKey } from '../../lib/crypto/private-keys.js'
import { cipherSuite } from '../../lib/crypto/suites.js'
import { Inbox } from '../../lib/index.js'
import { contentLength, encodeContent } from '../../lib/targeted/padding.js'
import { revisions } from '../../lib/targeted/revisions.js'
import { headerFields, pskIdFields } from '../../lib/targeted/structs.js'
import { encode } from '../../lib/tls/writer.js'
import { readParts, rewrite } from '../hostile/message-parts.js'
import { mlsExporter } from '../oracle/derive.js'
import { type OracleMember, oracleSeal } from '../oracle/oracle.js'
import { suiteOf } from '../oracle/suites.js'
import { text } from '../oracle/wire.js'
import { type Couple, combinations, couple } from '../support/epochs.js'
import { expectCode } from '../support/expect-code.js'

/** The message with another content, by somebody who has the recipient's keys and not the sender's. */
async function withOtherContent(thief: OracleMember, message: Uint8Array, data: Uint8Array) {
  const suite = cipherSuite(thief.cipherSuite)
  const { exporterSecret, self } = thief
  const publicKey = new Uint8Array(
    thief.members.find(({ leafIndex }) => leafIndex === self.leafIndex)?.encryptionKey ?? [],
  )
  const privateKey = new Uint8Array(self.encryptionPrivateKey)
  const { key } = await importEncryptionPrivateKey(suite, privateKey, publicKey)
  const kem: Kem = suite.kem
  const oracleSuite = suiteOf(suite.id)
  const psk = await mlsExporter(oracleSuite, exporterSecret, 'targeted message', text('psk'), suite.kdf.Nh)

  const groupId = new Uint8Array(thief.groupId)
  const { info, aad } = revisions[thief.revision]
  return rewrite(thief, message, async (parts) => {
    const contentKey = await keySchedule(
      suite,
      await importKey(pskForm, pskInput(suite, psk)),
      await hpkeInfo(
        suite,
        pskIdFields(groupId, thief.epoch),
        info(new Uint8Array(thief.groupContext), parts),
      ),
      await (await kem.decap({ privateKey: key, publicKey }, parts.kemOutput)).sharedSecret,
      'encrypt',
    )
    const header = { groupId, epoch: thief.epoch, ...parts }
    return {
      ciphertext: await suite.aead.seal(
        contentKey,
        encode(aad(headerFields(header), parts)),
        encodeContent(data, contentLength(data, 0)),
      ),
    }
  })
}

describe.each(combinations)('errata: revision $revision, suite $cipherSuite', ({ revision, cipherSuite }) => {
  let group: Couple
  beforeAll(async () => {
    group = await couple({ revision, cipherSuite })
  })
  const recipientLeafIndex = 1

  test('what the signature covers: the content in 01 and 02, and not in 00', async () => {
    const message = await group.alice.seal({ recipientLeafIndex, applicationData: text('yes') })
    const forged = await withOtherContent(group.as(1), message, text('no'))
    if (revision !== '00') return expectCode(group.bob.open(forged), 'signature')
    expect(await group.bob.open(forged)).toMatchObject({ senderLeafIndex: 0, applicationData: text('no') })
    // Which of the two comes first is received, and nothing else with this signature.
    const inbox = await Inbox.open()
    await inbox.enter(group.bob)
    await inbox.receive(message)
    return expectCode(inbox.receive(forged), 'replay')
  })

  test('nothing forbids a message to oneself: it opens, and is not sealed here', async () => {
    const message = await oracleSeal(group.as(1), { recipientLeafIndex, applicationData: text('note') })
    const opened = await group.bob.open(message)
    expect(opened).toMatchObject({ senderLeafIndex: 1, applicationData: text('note') })
    await expectCode(group.bob.seal({ recipientLeafIndex, applicationData: text('note') }), 'invalid-input')
  })

  test.each([0, 1, 15])('a ciphertext of %i bytes has a sample, and no content', async (length) => {
    const message = await group.alice.seal({ recipientLeafIndex, applicationData: text('hi') })
    const short = await rewrite(group.as(0), message, ({ ciphertext }) => ({
      ciphertext: ciphertext.slice(0, length),
    }))
    expect(await readParts(group.as(2), short)).toMatchObject({ senderLeafIndex: 0 })
    await expectCode(group.bob.open(short), revision === '00' ? 'content' : 'signature')
  })

  test('authenticated data is not bound to the sender auth data, but to the signature', async () => {
    const message = await group.alice.seal({
      recipientLeafIndex,
      applicationData: text('hi'),
      authenticatedData: text('a'),
    })
    const changed = await rewrite(group.as(2), message, () => ({ authenticatedData: text('b') }))
    expect((await readParts(group.as(2), changed)).signature).toEqual(
      (await readParts(group.as(2), message)).signature,
    )
    await expectCode(group.bob.open(changed), 'signature')
  })
})
