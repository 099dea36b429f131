import { readdirSync, readFileSync } from 'node:fs'
import { transform } from 'esbuild'
import { describe, expect, test } from 'vitest'
import * as inboxStore from '../lib/inbox/contract/contract.js'
import * as main from '../lib/index.js'
import * as ratchetTree from '../lib/mls/ratchet-tree.js'
import * as tsMls from '../lib/stacks/ts-mls.js'
import { advanceEpoch, createMlsGroup, stateOf, tsMls1 } from './groups.js'
import { plainStack } from './plain-stack.js'

/** What the code samples of README and docs may import. */
const modules: Record<string, object> = {
  'mls-targeted-messages': main,
  'mls-targeted-messages/ts-mls': tsMls,
  'mls-targeted-messages/inbox-store': inboxStore,
  'mls-targeted-messages/ratchet-tree': ratchetTree,
}

/** What they take as given. */
async function givens(): Promise<Record<string, unknown>> {
  const group = await createMlsGroup({ stack: tsMls1, cipherSuite: 2, members: ['alice', 'bob'] })
  const next = await advanceEpoch(group, { by: 'alice' })
  const aliceState = stateOf(group, 'alice')
  const bobState = stateOf(group, 'bob')
  const alice = tsMls.fromTsMls(aliceState)
  const [member0, member1] = alice.members
  const epoch = await main.GroupEpoch.create(alice)
  return {
    aliceState,
    bobState,
    bobStateAfterCommit: stateOf(next, 'bob'),
    message: await epoch.seal({
      recipientLeafIndex: 1,
      applicationData: new TextEncoder().encode('only you can read this'),
    }),
    ...alice,
    ...alice.self,
    encryptionKey: member0?.encryptionKey,
    signatureKey: member0?.signatureKey,
    encryptionKey1: member1?.encryptionKey,
    signatureKey1: member1?.signatureKey,
    ...(await plainStacks()),
    send: async () => {},
    processWithTsMls: async () => {},
  }
}

/** Two members as an MLS stack in WebAssembly would show them. */
async function plainStacks(): Promise<Record<string, unknown>> {
  const group = await createMlsGroup({ stack: tsMls1, cipherSuite: 1, members: ['alice', 'bob'] })
  return { stack: plainStack(stateOf(group, 'alice')), bobStack: plainStack(stateOf(group, 'bob')) }
}

const pages = [
  'README.md',
  ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? `docs/${name}` : [])),
].filter((page) => readFileSync(page, 'utf8').includes('```ts'))

describe.each(pages)('the code samples of %s run', (page) => {
  const samples = [...readFileSync(page, 'utf8').matchAll(/^```ts\n(.*?)^```/gms)].map(
    ([, code = '']) => code,
  )

  test.each(samples)('%s', async (sample) => {
    const named = await givens()
    const body = sample.replace(/^import \{(.*?)\} from '(.*?)'$/gms, (_, names: string, module: string) => {
      expect(Object.keys(modules)).toContain(module)
      return `const {${names}} = modules['${module}']`
    })
    // Declared by the sample itself, so not given.
    const names = Object.keys(named).filter(
      (name) => !new RegExp(`const (\\{[^}]*\\b${name}\\b[^}]*\\}|${name}\\b)`).test(body),
    )
    const { code } = await transform(
      `run(async (modules, { ${names.join(', ')} }, console) => {\n${body}\n})`,
      { loader: 'ts' },
    )
    const printed: unknown[] = []
    let finished: Promise<void> | undefined
    const run = (main: (...args: unknown[]) => Promise<void>): void => {
      finished = main(modules, named, { log: (...values: unknown[]) => printed.push(...values) })
    }
    new Function('run', code)(run)
    await finished
    if (sample.includes('console.log')) expect(printed).toEqual([0, 'only you can read this'])
  })
})
