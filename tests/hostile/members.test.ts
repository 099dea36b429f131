import { beforeAll, describe, expect, test } from 'vitest'
import { concat, opaque, uint32 } from '../oracle/wire.js'
import { combinations } from '../support/epochs.js'
import { isEcSuite, isX25519Suite } from './ecdsa.js'
import { flipBit } from './fields.js'
import type { Code, Hostile } from './hostile.js'
import { withKnownSecrets, withSharedSecretOf, wrongKemOutputs, wrongSignatures } from './members.js'
import { expectRefused } from './refusals.js'
import { type Resealing, resealing } from './reseal.js'
import { isPostQuantum, postQuantumCombinations, sampled, triedOnce } from './scale.js'
import { wrongLengths } from './structure.js'
import { type OpenTarget, secret, target } from './target.js'

describe.each([...triedOnce(combinations), ...postQuantumCombinations])(
  'a malicious member, revision $revision, suite $cipherSuite',
  (combination) => {
    const { cipherSuite } = combination
    let attacked: OpenTarget
    let seen: Resealing
    const refused = (all: Hostile[]) => expectRefused((bytes) => attacked.bob.open(bytes), all, secret)
    /** Instead of the sender auth data of alice's message. */
    const put = async (name: string, senderAuthData: Uint8Array, ...codes: Code[]): Promise<Hostile> => ({
      name,
      bytes: await seen.reseal(senderAuthData),
      codes,
    })
    beforeAll(async () => {
      attacked = await target(combination)
      seen = await resealing(attacked.as(2), attacked.message)
    })

    test('any bit of the sender auth data of another', async () => {
      const { senderAuthData, signature } = seen
      const signatureAt = 4 + opaque(signature).length - signature.length
      const kemOutputAt = 4 + opaque(signature).length
      const isLength = (at: number) =>
        at < signatureAt || (at >= kemOutputAt && at < senderAuthData.length - seen.kemOutput.length)
      const codesAt = (at: number, bit: number): Code[] => {
        // Leaf 0 becomes another; leaves 1 and 2 are members, who did not sign.
        if (at < 4) return at === 3 && bit < 2 ? ['signature'] : ['sender-not-in-group']
        // With another length the rest hardly reads; a shorter signature may leave bytes that do, and does not verify.
        if (isLength(at)) return at < signatureAt ? ['malformed', 'signature'] : ['malformed']
        return ['signature']
      }
      const bits = Array.from({ length: 8 * senderAuthData.length }, (_, bit) => bit)
      // The larger curves take milliseconds for a signature, and JavaScript for a KEM: of values every 29th bit.
      const isDear = cipherSuite === 5 || cipherSuite === 7 || isPostQuantum(combination)
      const some = new Set([...sampled(bits, 29), ...bits.filter((bit) => isLength(bit >> 3))])
      const all = (isDear ? [...some] : bits).map((bit) =>
        put(
          `bit ${bit & 7} of byte ${bit >> 3}`,
          flipBit(senderAuthData, bit),
          ...codesAt(bit >> 3, bit & 7),
        ),
      )
      await refused(await Promise.all(all))
    })

    test('sender auth data that is cut off, or has bytes after it: malformed', async () => {
      const { senderAuthData } = seen
      const lengths = Array.from(senderAuthData, (_, length) => length)
      const cut = lengths.map((length) =>
        put(`${length} bytes`, senderAuthData.slice(0, length), 'malformed'),
      )
      const more = [1, 2, 16, 100, 20_000].map((length) =>
        put(`${length} bytes more`, concat(senderAuthData, new Uint8Array(length)), 'malformed'),
      )
      const twice = put('twice', concat(senderAuthData, senderAuthData), 'malformed')
      await refused(await Promise.all([...cut, ...more, twice]))
    })

    test('lengths inside the sender auth data that are not their own: malformed', async () => {
      const { signature, kemOutput } = seen
      const [leaf, enc] = [uint32(0), opaque(kemOutput)]
      const inSignature = wrongLengths(signature).map(({ name, bytes }) =>
        put(`signature: ${name}`, concat(leaf, bytes, enc), 'malformed'),
      )
      const inKemOutput = wrongLengths(kemOutput).map(({ name, bytes }) =>
        put(`kem_output: ${name}`, concat(leaf, opaque(signature), bytes), 'malformed'),
      )
      await refused(await Promise.all([...inSignature, ...inKemOutput]))
    })

    test('other values in the sender auth data', async () => {
      const { signature, kemOutput } = seen
      const write = (leaf: number, one: Uint8Array, other: Uint8Array) =>
        concat(uint32(leaf), opaque(one), opaque(other))
      const leaves = [3, 4, 0x7fffffff, 0x80000000, 0xffffffff].map((leaf) =>
        put(`leaf ${leaf}`, write(leaf, signature, kemOutput), 'sender-not-in-group'),
      )
      const values = [
        ...[1, 2].map((leaf) => put(`leaf ${leaf}`, write(leaf, signature, kemOutput), 'signature')),
        put('swapped', write(0, kemOutput, signature), 'signature'),
        put('signature twice', write(0, signature, signature), 'signature'),
        put('signature empty', write(0, new Uint8Array(), kemOutput), 'signature'),
        put('kem_output empty', write(0, signature, new Uint8Array()), 'signature'),
        put('both empty', write(0, new Uint8Array(), new Uint8Array()), 'signature'),
        put('signature of 100,000 bytes', write(0, new Uint8Array(100_000), kemOutput), 'signature'),
        put('kem_output of 100,000 bytes', write(0, signature, new Uint8Array(100_000)), 'signature'),
      ]
      await refused(await Promise.all([...leaves, ...values]))
    })

    test('signatures in another form, or out of range', async () => {
      const all = await wrongSignatures(attacked)
      expect(all.length).toBeGreaterThan(isEcSuite(cipherSuite) ? 40 : 20)
      await refused(all)
    })

    test('KEM outputs that are signed and no public key of the suite', async () => {
      await refused(await wrongKemOutputs(attacked))
    })

    const ofX25519 = isX25519Suite(cipherSuite) ? [cipherSuite] : []
    test.each(ofX25519)(
      'a shared secret that anybody knows, RFC 9180 section 7.1.4: points of small order, suite %i',
      async () => {
        // With the DH of a good key such a message opens, so nothing else is wrong with the others.
        const { applicationData } = await attacked.bob.open(await withSharedSecretOf(attacked))
        expect(applicationData).toEqual(secret)
        await refused(await withKnownSecrets(attacked))
      },
    )

    test('nothing of that changed anything: the message opens', async () => {
      expect((await attacked.bob.open(attacked.message)).applicationData).toEqual(secret)
    })
  },
)
