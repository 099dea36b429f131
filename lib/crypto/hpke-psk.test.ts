import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hpkeOf, suiteOf } from '../../tests/oracle/suites.js'
import { concat, text, uint16 } from '../../tests/oracle/wire.js'
import { hex, unhex } from '../../tests/support/hex.js'
import { encryptionKeyPair } from '../../tests/support/key-pair-forms.js'
import { runtimeSuites } from '../../tests/support/runtime.js'
import { bytes } from '../tls/writer.js'
import { hpkeInfo, keySchedule, pskForm, pskInput } from './hpke-psk.js'
import type { KemKeyPair, KemPublicKey } from './kem/kem.js'
import { importKey } from './key-form.js'
import { type CipherSuite, cipherSuite, Nn } from './suites.js'

type Bytes = Uint8Array<ArrayBuffer>

const pskId = text('an identifier of the PSK')
const aad = unhex('a0a1')
const plaintext = text('for one member only')

const infoOf = (suite: CipherSuite, info: Bytes, id = pskId) => hpkeInfo(suite, bytes(id), bytes(info))

/** RFC 9180 section 5.1 in mode_psk, written out with Node's HMAC: the base nonce. */
function referenceNonce(
  { kem, kdf, aead }: CipherSuite,
  secrets: Record<'shared' | 'psk', Bytes>,
  info: Bytes,
) {
  const mac = (key: Uint8Array, ...data: Uint8Array[]): Bytes =>
    new Uint8Array(
      createHmac(kdf.hash.replace('-', ''), key)
        .update(concat(...data))
        .digest(),
    )
  const suiteId = concat(text('HPKE'), uint16(kem.id), uint16(kdf.id), uint16(aead.id))
  const labeled = (label: string) => concat(text('HPKE-v1'), suiteId, text(label))
  const empty = new Uint8Array()
  const pskIdHash = mac(empty, labeled('psk_id_hash'), pskId)
  const infoHash = mac(empty, labeled('info_hash'), info)
  const context = concat(Uint8Array.of(1), pskIdHash, infoHash)
  const secret = mac(secrets.shared, labeled('secret'), secrets.psk)
  return mac(secret, uint16(Nn), labeled('base_nonce'), context, Uint8Array.of(1)).subarray(0, Nn)
}

for (const id of runtimeSuites) {
  describe(`HPKE mode_psk, RFC 9180 section 5.1, cipher suite ${id}`, () => {
    const suite = cipherSuite(id)
    const { kem, kdf, aead } = suite
    const psk = new Uint8Array(kdf.Nh).map((_, i) => i)
    const hpke = hpkeOf(suiteOf(id))

    async function seal(recipient: KemPublicKey<CryptoKey>, info: Bytes) {
      const { kemOutput: enc, sharedSecret } = await kem.encap(Promise.resolve(recipient))
      const shared = await sharedSecret
      const imported = await importKey(pskForm, pskInput(suite, psk))
      const key = await keySchedule(suite, imported, await infoOf(suite, info), shared, 'encrypt')
      return { enc, ciphertext: await aead.seal(key, aad, plaintext) }
    }

    async function open(
      recipient: KemKeyPair<CryptoKey>,
      sealed: { enc: Bytes; ciphertext: Bytes },
      given: { info: Bytes; psk?: Bytes; pskId?: Bytes },
    ) {
      const shared = await (await kem.decap(recipient, sealed.enc)).sharedSecret
      const imported = await importKey(pskForm, pskInput(suite, given.psk ?? psk))
      const info = await infoOf(suite, given.info, given.pskId)
      return aead.open(await keySchedule(suite, imported, info, shared, 'decrypt'), aad, sealed.ciphertext)
    }

    const recipientKeys = async () => {
      const forms = await encryptionKeyPair(suite)
      const pair = { privateKey: forms.nonExtractable, publicKey: forms.publicKey }
      return { ...forms, pair, known: { key: forms.publicCryptoKey, raw: forms.publicKey } }
    }

    test('hpke-js opens what is sealed here', async () => {
      const { known, raw, pkcs8 } = await recipientKeys()
      const info = text('some info')
      const { enc, ciphertext } = await seal(known, info)
      const recipientKey =
        kem.curve.kty === 'OKP'
          ? await hpke.kem.deserializePrivateKey(raw)
          : await crypto.subtle.importKey('pkcs8', pkcs8, kem.algorithm, true, ['deriveBits'])
      const given = { recipientKey, enc, info, psk: { id: pskId, key: psk } }
      const opened = await (await hpke.createRecipientContext(given)).open(ciphertext, aad)
      expect(hex(new Uint8Array(opened))).toBe(hex(plaintext))
    })

    test('what hpke-js seals is opened here', async () => {
      const { pair, known } = await recipientKeys()
      const info = text('some info')
      const recipientPublicKey = await hpke.kem.deserializePublicKey(known.raw)
      const sender = await hpke.createSenderContext({
        recipientPublicKey,
        info,
        psk: { id: pskId, key: psk },
      })
      const ciphertext = new Uint8Array(await sender.seal(plaintext, aad))
      const sealed = { enc: new Uint8Array(sender.enc), ciphertext }
      expect(hex(await open(pair, sealed, { info }))).toBe(hex(plaintext))
    })

    test('another PSK, PSK id, info or recipient does not open', async () => {
      const { pair, known } = await recipientKeys()
      const info = text('some info')
      const sealed = await seal(known, info)
      expect(hex(await open(pair, sealed, { info }))).toBe(hex(plaintext))
      await expect(open(pair, sealed, { info, psk: psk.map((byte) => byte ^ 1) })).rejects.toThrow()
      await expect(open(pair, sealed, { info, pskId: text('another') })).rejects.toThrow()
      await expect(open(pair, sealed, { info: text('other info') })).rejects.toThrow()
      await expect(open(pair, sealed, { info: new Uint8Array() })).rejects.toThrow()
      await expect(open((await recipientKeys()).pair, sealed, { info })).rejects.toThrow()
    })

    test('an info and a PSK id over the limits of hpke-js, 65,536 and 8,192 bytes', async () => {
      const { pair, known } = await recipientKeys()
      const info = new Uint8Array(70_000).fill(3)
      const sealed = await seal(known, info)
      expect(hex(await open(pair, sealed, { info }))).toBe(hex(plaintext))
      const changed = info.map((byte, i) => (i === info.length - 1 ? byte ^ 1 : byte))
      await expect(open(pair, sealed, { info: changed })).rejects.toThrow()
      await infoOf(suite, info, new Uint8Array(10_000))
    })

    test.each([0, 100, 70_000])(
      'the base nonce is as the RFC derives it, info of %i bytes',
      async (length) => {
        const info = new Uint8Array(length).fill(5)
        const shared = new Uint8Array(kdf.Nh).fill(9)
        const expected = referenceNonce(suite, { shared, psk }, info)
        const made = await keySchedule(
          suite,
          await importKey(pskForm, pskInput(suite, psk)),
          await infoOf(suite, info),
          shared,
          'encrypt',
        )
        expect(hex(made.nonce)).toBe(hex(expected))
      },
    )

    test('no secret is left as bytes: neither key can be exported, the shared secret is wiped', async () => {
      const imported = await importKey(pskForm, pskInput(suite, psk))
      const shared = new Uint8Array(kdf.Nh).fill(9)
      const { key } = await keySchedule(suite, imported, await infoOf(suite, aad), shared, 'decrypt')
      expect([imported.extractable, key.extractable, key.usages]).toEqual([false, false, ['decrypt']])
      expect(shared).toEqual(new Uint8Array(kdf.Nh))
      expect(psk[1]).toBe(1)
    })
  })
}
