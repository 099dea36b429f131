import { afterEach, describe, expect, test, vi } from 'vitest'
import * as oracle from '../../../tests/oracle/sign.js'
import { suiteOf } from '../../../tests/oracle/suites.js'
import { concat, opaque, text } from '../../../tests/oracle/wire.js'
import { expectCode } from '../../../tests/support/expect-code.js'
import { hex, unhex } from '../../../tests/support/hex.js'
import { signatureKeyPair } from '../../../tests/support/key-pair-forms.js'
import { runtimeSuites } from '../../../tests/support/runtime.js'
import { sharedVectors } from '../../../tests/vectors/reference.js'
import { bytes } from '../../tls/writer.js'
import { importSignaturePrivateKey } from '../private-keys.js'
import { cipherSuite, type Rfc9420Suite } from '../suites.js'
import { ecdsaFromDer } from './ecdsa-der.js'
import { callbackSigner, keySigner, signWithLabel, verifyWithLabel } from './signature.js'

afterEach(() => {
  vi.restoreAllMocks()
})

interface Basics {
  cipher_suite: number
  sign_with_label: { priv: string; pub: string; label: string; content: string; signature: string }
}

const content = text('some content')

async function pairOf(suite: Rfc9420Suite) {
  const forms = await signatureKeyPair(suite)
  const signer = keySigner(suite.signature, forms.nonExtractable)
  const verify = (label: string, signed: Uint8Array, signature: Uint8Array<ArrayBuffer>) =>
    verifyWithLabel(suite.signature, forms.publicCryptoKey, label, bytes(signed), signature)
  return { ...forms, signer, verify }
}

for (const id of runtimeSuites) {
  describe(`RFC 9420 section 5.1.2, cipher suite ${id}`, () => {
    const suite = cipherSuite(id)
    const isEcdsa = suite.signature.curve.kty === 'EC'

    test('VerifyWithLabel and SignWithLabel, RFC 9420 crypto-basics vectors', async (context) => {
      const vectors = sharedVectors<Basics[]>('external/rfc9420-crypto-basics.json')
      if (vectors === undefined) return context.skip()
      const ours = vectors.filter((vector) => vector.cipher_suite === id)
      expect(ours).toHaveLength(1)
      for (const { sign_with_label: v } of ours) {
        const key = await suite.signature.importPublicKey(unhex(v.pub))
        const verify = (label: string, signature: Uint8Array<ArrayBuffer>) =>
          verifyWithLabel(suite.signature, key, label, bytes(unhex(v.content)), signature)
        await verify(v.label, unhex(v.signature))
        await expectCode(verify(`${v.label}!`, unhex(v.signature)), 'signature')
        const own = await importSignaturePrivateKey(suite, unhex(v.priv), unhex(v.pub))
        const signer = keySigner(suite.signature, own.key)
        await verify(v.label, await signWithLabel(signer, v.label, bytes(unhex(v.content))))
      }
    })

    test('the oracle verifies what is signed here, and the reverse', async () => {
      const { raw: privateKey, publicKey, signer, verify } = await pairOf(suite)
      const signature = await signWithLabel(signer, 'Label', bytes(content))
      expect(await oracle.verifyWithLabel(suiteOf(id), publicKey, 'Label', content, signature)).toBe(true)
      await verify('Label', content, signature)
      const keys = { privateKey, publicKey }
      await verify('Label', content, await oracle.signWithLabel(suiteOf(id), keys, 'Label', content))
    })

    test('SignContent is the prefixed label and the content, each with its length', async () => {
      const signer = vi.fn(async () => new Uint8Array())
      await signWithLabel(signer, 'Label', bytes(content))
      expect(signer).toHaveBeenCalledWith(concat(opaque(text('MLS 1.0 Label')), opaque(content)))
    })

    test('another label, content, key or any changed byte is refused', async () => {
      const { signer, verify } = await pairOf(suite)
      const other = await pairOf(suite)
      const signature = await signWithLabel(signer, 'Label', bytes(content))
      const { message } = await expectCode(verify('label', content, signature), 'signature')
      expect(message).toBe('the signature does not verify')
      await expectCode(verify('Label', text('some contenT'), signature), 'signature')
      await expectCode(verify('Label', new Uint8Array(), signature), 'signature')
      await expectCode(other.verify('Label', content, signature), 'signature')
      for (const at of signature.keys()) {
        const changed = signature.map((byte, i) => (i === at ? byte ^ 1 : byte))
        await expectCode(verify('Label', content, changed), 'signature')
      }
    })

    test('a signature of another form or length is refused before the engine sees it', async () => {
      const { signer, verify } = await pairOf(suite)
      const signature = await signWithLabel(signer, 'Label', bytes(content))
      const { privateKeyLength } = suite.signature.curve
      const engine = vi.spyOn(crypto.subtle, 'verify')
      const wrong = [
        new Uint8Array(),
        signature.slice(0, -1),
        concat(signature, new Uint8Array(1)),
        new Uint8Array(2 * privateKeyLength - 1),
        new Uint8Array(2 * privateKeyLength + 1),
      ]
      // Valid, but not as MLS writes ECDSA: RFC 8446 section 4.2.3 has DER.
      if (isEcdsa) wrong.push(ecdsaFromDer(signature, privateKeyLength))
      for (const given of wrong) await expectCode(verify('Label', content, given), 'signature')
      expect(engine).not.toHaveBeenCalled()
      await verify('Label', content, signature)
      expect(engine).toHaveBeenCalledTimes(1)
    })

    test('what the engine throws is passed on', async () => {
      const { signer, verify } = await pairOf(suite)
      const signature = await signWithLabel(signer, 'Label', bytes(content))
      const cause = new DOMException('engine', 'OperationError')
      vi.spyOn(crypto.subtle, 'verify').mockRejectedValue(cause)
      await expect(verify('Label', content, signature)).rejects.toBe(cause)
    })

    test(isEcdsa ? 'ECDSA is signed as DER' : 'Ed25519 is signed as 64 bytes', async () => {
      const { signer } = await pairOf(suite)
      const signature = await signWithLabel(signer, 'Label', bytes(content))
      if (isEcdsa) expect(signature[0]).toBe(0x30)
      else expect(signature).toHaveLength(64)
    })
  })
}

describe('callbackSigner', () => {
  const suite = cipherSuite(2)
  const withCallback = async (callback: (content: Uint8Array<ArrayBuffer>) => Promise<unknown>) => {
    const pair = await pairOf(suite)
    const given = callback as (content: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>
    return { ...pair, signer: callbackSigner(suite.signature, given, pair.publicCryptoKey) }
  }
  const failure = async (callback: () => Promise<unknown>) => {
    const { signer } = await withCallback(callback)
    const error = await expectCode(signer(content), 'invalid-input')
    expect(error.message).toContain('signaturePrivateKey callback')
    return error
  }

  test('gives a copy of a signature that verifies, for a copy of the content', async () => {
    const pair = await pairOf(suite)
    let given: Uint8Array | undefined
    const signer = callbackSigner(
      suite.signature,
      async (signContent) => {
        given = await pair.signer(signContent)
        signContent.fill(0)
        return given
      },
      pair.publicCryptoKey,
    )
    const signature = await signWithLabel(signer, 'Label', bytes(content))
    await pair.verify('Label', content, signature)
    expect(hex(signature)).toBe(hex(given ?? new Uint8Array()))
    expect(signature.buffer).not.toBe(given?.buffer)
  })

  test('what it throws is the cause', async () => {
    const cause = new Error('the token is locked')
    expect((await failure(() => Promise.reject(cause))).cause).toBe(cause)
  })

  test('a result that is no Uint8Array, or no signature, or r || s, is invalid-input', async () => {
    await failure(async () => undefined)
    await failure(async () => 'signature')
    await failure(async () => new ArrayBuffer(70))
    await failure(async () => new Uint8Array())
    await failure(async () => new Uint8Array(64).fill(1))
  })

  test('a signature of another key, or of other content, is invalid-input', async () => {
    const other = await pairOf(suite)
    await failure(() => other.signer(content))
    const { signer } = await withCallback(async () => other.signer(text('other content')))
    await expectCode(signer(content), 'invalid-input')
  })
})
