/** The examples around the unpacked package. */

import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { inboxStoreContract } from '../../lib/inbox/contract/inbox-store.js'
import { linkDirectory, repository } from './consumer.js'

/** What `npm install` in examples/ brings, besides the package. */
export const exampleModules = ['ts-mls', '@hpke', '@noble'] as const

/** In the consumer's directory, whose node_modules have the package. Returns where. */
export function layOutExamples(consumer: string): string {
  const examples = join(consumer, 'examples')
  const isSource = (path: string): boolean => !/[/\\](node_modules|dist)$/.test(path)
  cpSync(join(repository, 'examples'), examples, { recursive: true, filter: isSource })
  for (const name of [...exampleModules, 'vite']) {
    linkDirectory(join(repository, 'node_modules', name), join(examples, 'node_modules', name))
  }
  return examples
}

/** As `vite build vite` does there. What it warns of is told. */
export async function buildViteExample(consumer: string): Promise<string[]> {
  const root = join(consumer, 'examples/vite')
  const warnings: string[] = []
  await build({
    root,
    configFile: join(root, 'vite.config.js'),
    base: './',
    logLevel: 'silent',
    build: { rolldownOptions: { onwarn: ({ message }) => warnings.push(message) } },
  })
  return warnings
}

/** Runs the tests of the store in an SQLite file. Throws with what is printed, unless all ran and passed. */
export function testSqliteStore(
  examples: string,
  program: string,
  testArguments: (file: string) => readonly string[],
): void {
  const args = testArguments('node-store/sqlite-store.test.js')
  const { status, error, stdout, stderr } = spawnSync(program, args, { cwd: examples, encoding: 'utf8' })
  const printed = `${stdout}${stderr}`
  const unheard = inboxStoreContract.filter(({ name }) => !printed.includes(name))
  if (status === 0 && unheard.length === 0) return
  throw new Error(`the store was not tested, or failed: ${printed}`, { cause: error })
}
