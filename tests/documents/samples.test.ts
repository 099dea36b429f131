import { readdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import * as xWing from '@hpke/hybridkem-x-wing'
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import * as tsMlsStack from 'ts-mls'
import { beforeEach, describe, expect, test } from 'vitest'
import { GroupEpoch } from '../../lib/index.js'
import * as capabilities from '../../lib/stacks/capabilities.js'
import { hpkeKem } from '../../lib/stacks/hpke-js.js'
import { fromTsMls } from '../../lib/stacks/ts-mls.js'
import { entries } from '../../scripts/entries.js'
import { advanceEpoch, createMlsGroup, stateOf, tsMls1 } from '../support/groups/groups.js'
import { suiteNames } from '../support/groups/stack.js'
import { plainStack } from '../support/plain-stack.js'
import { runSample, samplesOf } from './run-sample.js'
import { theApplications } from './sample-application.js'

/** What the code samples of README and docs may import. */
const modules: Record<string, object> = { '@hpke/hybridkem-x-wing': xWing }
for (const { specifier, source } of entries) {
  modules[specifier] = await import(/* @vite-ignore */ pathToFileURL(source).href)
}

/** What they take as given. */
async function givens(): Promise<Record<string, unknown>> {
  const group = await createMlsGroup({
    stack: tsMls1,
    cipherSuite: 2,
    members: ['alice', 'bob'],
    profile: { capabilities: () => Object.values(capabilities.extensionTypes) },
  })
  const next = await advanceEpoch(group, { by: 'alice' })
  const aliceState = stateOf(group, 'alice')
  const bobState = stateOf(group, 'bob')
  const alice = fromTsMls(aliceState)
  const [member0, member1] = alice.members
  const epoch = await GroupEpoch.create({ ...alice, revision: '02' })
  const message = await epoch.seal({
    recipientLeafIndex: 1,
    applicationData: new TextEncoder().encode('only you can read this'),
  })
  return {
    aliceState,
    bobState,
    bobStateAfterCommit: stateOf(next, 'bob'),
    message,
    ...alice,
    ...alice.self,
    encryptionKey: member0?.encryptionKey,
    signatureKey: member0?.signatureKey,
    encryptionKey1: member1?.encryptionKey,
    signatureKey1: member1?.signatureKey,
    ...(await plainStacks()),
    ...(await mixedGroup()),
    ...tsMlsStack,
    impl: await tsMlsStack.getCiphersuiteImpl(tsMlsStack.getCiphersuiteFromName(suiteNames[2])),
    credential: { credentialType: 'basic', identity: new TextEncoder().encode('dave') },
    ...theApplications(message),
  }
}

/** What the samples of post-quantum groups take as given besides. */
async function postQuantumGivens(): Promise<Record<string, unknown>> {
  const group = await createMlsGroup({ stack: tsMls1, cipherSuite: 83, members: ['alice', 'bob'] })
  return { aliceState: stateOf(group, 'alice'), kem: hpkeKem(new xWing.XWing()) }
}

/** A group in which carol has not heard of targeted messages. */
async function mixedGroup(): Promise<Record<string, unknown>> {
  const { extensionTypes, supportedWireFormats } = capabilities
  const group = await createMlsGroup({
    stack: tsMls1,
    cipherSuite: 1,
    members: ['alice', 'bob', 'carol'],
    profile: {
      capabilities: () => Object.values(extensionTypes),
      leafNode: (name) => (name === 'carol' ? [] : [supportedWireFormats()]),
    },
  })
  const mixedState = stateOf(group, 'alice')
  const { keyPackage } = await group.client.newcomer('dave')
  return { mixedState, mixedStack: plainStack(mixedState), keyPackage }
}

/** Two members as an MLS stack in WebAssembly would show them. */
async function plainStacks(): Promise<Record<string, unknown>> {
  const group = await createMlsGroup({ stack: tsMls1, cipherSuite: 1, members: ['alice', 'bob'] })
  return { stack: plainStack(stateOf(group, 'alice')), bobStack: plainStack(stateOf(group, 'bob')) }
}

/** What console.log prints, nearly. */
const shown = (values: readonly unknown[]): string =>
  values.map((value) => (Array.isArray(value) ? `[${value.join(', ')}]` : String(value))).join(' ')

const pages = [
  'README.md',
  ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? `docs/${name}` : [])),
].filter((page) => readFileSync(page, 'utf8').includes('```ts'))

// Each sample has databases of its own.
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

describe.each(pages)('the code samples of %s run', (page) => {
  test.each(samplesOf(readFileSync(page, 'utf8')))('%s', async (sample) => {
    const given = {
      ...(await givens()),
      ...(page === 'docs/post-quantum.md' ? await postQuantumGivens() : {}),
    }
    const told = (await runSample(sample, modules, given)).map(shown)
    const promised = Array.from(sample.matchAll(/console\.log\(.*\) \/\/ ([^;:\n]*)/g), ([, text]) => text)
    if (promised.length > 0) expect(told).toEqual(promised)
    else if (sample.includes('console.log')) expect(told).toEqual(['0 only you can read this'])
  })
})
