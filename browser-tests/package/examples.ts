/** The examples around the unpacked package. */

import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
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
