/** The declarations of the installed package, as the compiler of an application reads them. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import ts from 'typescript'
import { expect, inject, test } from 'vitest'
import { entries } from '../scripts/entries.js'
import { compile, toldOf } from './compile.js'
import { manifestOf } from './manifest.js'

const consumer = inject('consumer')
const { tarball, installed } = inject('packed')

test.each(['bundler', 'nodenext'] as const)('types.ts compiles under moduleResolution %s', (resolution) => {
  const program = compile([join(consumer, 'types.ts')], resolution)
  const told = toldOf(ts.getPreEmitDiagnostics(program), consumer)
  expect(told).toBe('')
})

test.each(['bundler', 'nodenext'] as const)(
  'every entry can be imported under moduleResolution %s',
  (resolution) => {
    const file = join(consumer, 'entries.ts')
    const imports = entries.map(({ specifier }, i) => `export * as entry${i} from '${specifier}'\n`)
    writeFileSync(file, imports.join(''))
    const program = compile([file], resolution)
    expect(toldOf(ts.getPreEmitDiagnostics(program), consumer)).toBe('')
  },
)

test('every entry loads, and exports something', async () => {
  for (const { source, specifier } of entries) {
    const file = join(installed, source.replace(/^lib/, 'dist').replace(/ts$/, 'js'))
    expect(Object.keys(await import(pathToFileURL(file).href)), specifier).not.toEqual([])
  }
})

test('are the types wrong: no', async () => {
  const result = await checkPackage(createPackageFromTarballData(readFileSync(tarball)))
  if (result.types === false) return expect.fail('the package has no types')
  // The profile esm-only: the package has no CommonJS, so that `require` in old Node and TypeScript finds none is right.
  const problems = result.problems.filter(
    (problem) => !('resolutionKind' in problem && ['node10', 'node16-cjs'].includes(problem.resolutionKind)),
  )
  expect(problems).toEqual([])
  expect(Object.keys(result.entrypoints)).toEqual(Object.keys(manifestOf(installed).exports))
})
