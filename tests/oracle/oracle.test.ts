import { describe, expect, test, vi } from 'vitest'
import { hex, unhex } from '../support/hex.js'
import { allSuites, revisions } from '../support/suites.js'
import { knownAnswers, recipientOf } from '../vectors/known-answers.js'
import {
  type ReferenceGroup,
  referenceMember,
  referenceVectors,
  sharedVectors,
} from '../vectors/reference.js'
import { expandWithLabel, mlsExporter } from './derive.js'
import { type OracleMember, type OracleSealOptions, oracleOpen, oracleSeal } from './oracle.js'
import { verify, verifyWithLabel } from './sign.js'
import { suiteOf } from './suites.js'
import { opaque, text } from './wire.js'

/** Where a reference `why` shows at another step than its own, since the signature is verified before HPKE. */
const steps: Record<string, RegExp> = {
  tampered: /^(tampered|signature$)/,
  // The reference replaces the KEM output after signing.
  kem: /^signature$/,
  revision: /^(tampered|signature$)/,
}

for (const revision of revisions) {
  for (const group of referenceVectors(revision).groups) {
    describe(`reference ${revision}, suite ${group.cipherSuite}`, () => {
      const as = (leafIndex: number) => referenceMember(revision, group, leafIndex)

      for (const message of group.messages) {
        test(`opens: ${message.name}`, async () => {
          const opened = await oracleOpen(as(message.recipientLeafIndex), message.targetedMessage)
          const { senderLeafIndex, applicationData, authenticatedData, paddingLength } = message
          expect(opened).toEqual({ senderLeafIndex, applicationData, authenticatedData, paddingLength })
        })

        test(`seals: ${message.name}`, async () => {
          const sealed = await oracleSeal(as(message.senderLeafIndex), message)
          const clear = 4 + opaque(group.groupId).length + 12 + opaque(message.authenticatedData).length
          expect(sealed.subarray(0, clear)).toEqual(message.targetedMessage.subarray(0, clear))
          const opened = await oracleOpen(as(message.recipientLeafIndex), sealed)
          expect(opened.senderLeafIndex).toBe(message.senderLeafIndex)
          expect(opened.applicationData).toEqual(message.applicationData)
          expect(opened.authenticatedData).toEqual(message.authenticatedData)
          expect(opened.paddingLength).toBe(message.paddingLength)
        })
      }

      for (const reject of group.rejects) {
        test(`refuses: ${reject.name} (${reject.why})`, async () => {
          const opening = oracleOpen(as(reject.recipientLeafIndex), reject.targetedMessage)
          await expect(opening).rejects.toThrow(steps[reject.why] ?? new RegExp(`^${reject.why}`))
        })
      }

      test('refuses what the hostile options build, at the step they aim at', () => hostile(as))
    })
  }
}

async function hostile(as: (leafIndex: number) => OracleMember): Promise<void> {
  const attempt = async (options: Partial<OracleSealOptions>): Promise<string> => {
    const applicationData = text('a secret')
    const sealed = await oracleSeal(as(0), { recipientLeafIndex: 1, applicationData, ...options })
    return oracleOpen(as(1), sealed).then(
      () => 'opened',
      (error: unknown) => (error instanceof Error ? error.message : 'not an Error'),
    )
  }
  const flipped = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 9 ? byte ^ 1 : byte))
  expect(await attempt({})).toBe('opened')
  expect(await attempt({ claimedSenderLeafIndex: 2 })).toBe('signature')
  expect(await attempt({ claimedSenderLeafIndex: 3 })).toBe('sender leaf: blank')
  expect(await attempt({ content: unhex('0161') })).toBe('opened')
  expect(await attempt({ content: unhex('0161000001') })).toBe('padding: not all zero')
  expect(await attempt({ content: unhex('400161') })).toBe('malformed: length not minimal')
  expect(await attempt({ content: unhex('') })).toBe('malformed: truncated')
  expect(await attempt({ content: unhex('0261') })).toBe('malformed: truncated')
  expect(await attempt({ kemOutput: (correct) => correct.slice(1) })).toBe('kem')
  expect(await attempt({ kemOutput: () => new Uint8Array(0) })).toBe('kem')
  expect(await attempt({ kemOutput: (correct) => correct.fill(0) })).toBe('kem')
  expect(await attempt({ tbs: flipped })).toBe('signature')
  expect(await attempt({ label: 'FramedContentTBS' })).toBe('signature')
  expect(await attempt({ signature: flipped })).toBe('signature')
  expect(await attempt({ signature: () => new Uint8Array(0) })).toBe('signature')
  expect(await attempt({ senderAuthDataSuffix: Uint8Array.of(0) })).toBe('malformed: trailing bytes')
}

for (const revision of revisions) {
  test(`known answers of other implementations, revision ${revision}`, async (context) => {
    const vectors = knownAnswers(revision)
    if (vectors === undefined) return context.skip()
    expect(vectors).toHaveLength(3)
    for (const vector of vectors) {
      expect(await oracleOpen(recipientOf(revision, vector), unhex(vector.targeted_message))).toEqual({
        senderLeafIndex: vector.sender_leaf_index,
        authenticatedData: unhex(vector.authenticated_data),
        applicationData: unhex(vector.application_data),
        paddingLength: vector.padding_length,
      })
    }
  })
}

const ours = (vector: { cipher_suite: number }) => allSuites.some((suite) => suite === vector.cipher_suite)

interface Basics {
  cipher_suite: number
  expand_with_label: { secret: string; label: string; context: string; length: number; out: string }
  sign_with_label: { pub: string; label: string; content: string; signature: string }
}

test('ExpandWithLabel and VerifyWithLabel, RFC 9420 vectors', async (context) => {
  const vectors = sharedVectors<Basics[]>('external/rfc9420-crypto-basics.json')
  if (vectors === undefined) return context.skip()
  for (const vector of vectors.filter(ours)) {
    const suite = suiteOf(vector.cipher_suite)
    const { expand_with_label: e, sign_with_label: s } = vector
    expect(hex(await expandWithLabel(suite, unhex(e.secret), e.label, unhex(e.context), e.length))).toBe(
      e.out,
    )
    const [pub, content, signature] = [unhex(s.pub), unhex(s.content), unhex(s.signature)]
    expect(await verifyWithLabel(suite, pub, s.label, content, signature)).toBe(true)
    expect(await verifyWithLabel(suite, pub, `${s.label}!`, content, signature)).toBe(false)
  }
})

interface Schedule {
  cipher_suite: number
  epochs: {
    exporter_secret: string
    exporter: { label: string; context: string; length: number; secret: string }
  }[]
}

test('MLS-Exporter, RFC 9420 vectors', async (context) => {
  const vectors = sharedVectors<Schedule[]>('external/rfc9420-key-schedule.json')
  if (vectors === undefined) return context.skip()
  for (const vector of vectors.filter(ours)) {
    for (const { exporter_secret, exporter: e } of vector.epochs) {
      const secret = unhex(exporter_secret)
      const out = await mlsExporter(suiteOf(vector.cipher_suite), secret, e.label, unhex(e.context), e.length)
      expect(hex(out)).toBe(e.secret)
    }
  }
})

interface Wycheproof {
  testGroups: {
    publicKey: { uncompressed: string }
    tests: { tcId: number; comment: string; msg: string; sig: string; result: string }[]
  }[]
}

test('ECDSA P-256 signatures in DER, Wycheproof', async (context) => {
  const vectors = sharedVectors<Wycheproof>('external/wycheproof-ecdsa-p256-sha256.json')
  if (vectors === undefined) return context.skip()
  for (const { publicKey, tests } of vectors.testGroups) {
    for (const { tcId, comment, msg, sig, result } of tests) {
      const valid = await verify(suiteOf(2), unhex(publicKey.uncompressed), unhex(msg), unhex(sig))
      expect(valid, `${tcId} ${comment}`).toBe(result === 'valid')
    }
  }
})

test('a group without the recipient or with a strange suite is an Error', async () => {
  const group = referenceVectors('00').groups[0] as ReferenceGroup
  const member = referenceMember('00', group, 0)
  await expect(oracleSeal(member, { recipientLeafIndex: 9 })).rejects.toThrow('no member at leaf 9')
  await expect(oracleSeal({ ...member, cipherSuite: 4 }, { recipientLeafIndex: 1 })).rejects.toThrow(
    'cipher suite 4',
  )
})

test('a missing shared file is undefined, after one line that names it', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  expect(sharedVectors('no-such-file.json')).toBeUndefined()
  expect(warn.mock.calls).toEqual([[expect.stringContaining('../shared/vectors/no-such-file.json')]])
  warn.mockRestore()
})

test('hex', () => {
  expect(hex(Uint8Array.of(0, 10, 255))).toBe('000aff')
  expect(unhex('000AfF')).toEqual(Uint8Array.of(0, 10, 255))
  expect(() => unhex('0')).toThrow('not hex')
  expect(() => unhex('0g')).toThrow('not hex')
})
