import { readFileSync } from 'node:fs'
import { decodeLeafNode } from 'ts-mls/leafNode.js'
import { describe, expect, test } from 'vitest'
import { unhex } from '../support/hex.js'
import { revisions } from '../support/suites.js'
import { makeOwnVectors, ownVectorsJson } from '../vectors/own/make.js'
import { ownVectors, ownVectorsUrl, recipientOf, senderOf, vectorKinds } from '../vectors/own/vector.js'
import { oracleOpen } from './oracle.js'
import { verifyWithLabel } from './sign.js'
import { suiteOf } from './suites.js'
import { opaque } from './wire.js'

const files = vectorKinds.flatMap((kind) => revisions.map((revision) => ({ kind, revision })))

describe.each(files)('$kind vectors, revision $revision', ({ kind, revision }) => {
  test('the file is what npm run vectors writes', async () => {
    const written = readFileSync(ownVectorsUrl(revision, kind), 'utf8')
    const again = ownVectorsJson(await makeOwnVectors(revision, kind))
    expect(again === written, 'they differ: npm run vectors writes the file anew').toBe(true)
  })

  const vectors = ownVectors(revision, kind)

  test('docs/vectors.md says what each field is', () => {
    const page = readFileSync(new URL('../../docs/vectors.md', import.meta.url), 'utf8')
    const fields = new Set(vectors.flatMap((vector) => Object.keys(vector)))
    expect([...fields].filter((field) => !page.includes(`\`${field}\``))).toEqual([])
    const names = new Set(vectors.map(({ name }) => name))
    expect([...names].filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  })

  test.each(vectors)('the oracle opens suite $cipher_suite, $name', async (vector) => {
    expect(await oracleOpen(recipientOf(revision, vector), unhex(vector.targeted_message))).toEqual({
      senderLeafIndex: vector.sender_leaf_index,
      applicationData: unhex(vector.application_data),
      authenticatedData: unhex(vector.authenticated_data),
      paddingLength: vector.padding_length,
    })
  })

  test.each(vectors)('ts-mls reads the leaf nodes of suite $cipher_suite, $name', async (vector) => {
    const [sender, recipient] = senderOf(revision, vector).members
    for (const [serialized, keys] of [
      [vector.sender_leaf_node, sender],
      [vector.recipient_leaf_node, recipient],
    ] as const) {
      const bytes = unhex(serialized)
      const [leaf, length] = decodeLeafNode(bytes, 0) ?? []
      expect(length).toBe(bytes.length)
      expect(leaf?.hpkePublicKey).toEqual(keys?.encryptionKey)
      expect(leaf?.signaturePublicKey).toEqual(keys?.signatureKey)
      const signature = leaf?.signature ?? new Uint8Array()
      const tbs = bytes.slice(0, bytes.length - opaque(signature).length)
      const signatureKey = keys?.signatureKey ?? new Uint8Array()
      const suite = suiteOf(vector.cipher_suite)
      expect(await verifyWithLabel(suite, signatureKey, 'LeafNodeTBS', tbs, signature)).toBe(true)
    }
  })

  test('no secret and no key is in two vectors', () => {
    const secrets = vectors.flatMap((vector) => [
      vector.exporter_secret,
      vector.ephemeral_priv,
      vector.sender_encryption_priv,
      vector.sender_signature_priv,
      vector.recipient_encryption_priv,
      vector.recipient_signature_priv,
    ])
    expect(new Set(secrets).size).toBe(6 * vectors.length)
  })
})
