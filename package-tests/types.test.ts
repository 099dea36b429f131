/** The declarations of the installed package, as the compiler of an application reads them. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import ts from 'typescript'
import { expect, inject, test } from 'vitest'
import { compile, toldOf } from './compile.js'
import { manifestOf } from './manifest.js'

const consumer = inject('consumer')
const { tarball, installed } = inject('packed')

test.each(['bundler', 'nodenext'] as const)('types.ts compiles under moduleResolution %s', (resolution) => {
  const program = compile([join(consumer, 'types.ts')], resolution)
  const told = toldOf(ts.getPreEmitDiagnostics(program), consumer)
  expect(told).toBe('')
})

test('types.ts imports every export', () => {
  const source = readFileSync(join(consumer, 'types.ts'), 'utf8')
  const imports = /^import (?:type )?\{([^}]*)\} from '([^']*)'/gm
  const tested = Array.from(source.matchAll(imports), ([, names = '', module = '']) => {
    const bare = names.split(',').map((name) => name.replace(/\btype\b| as .*/g, '').trim())
    return [module, bare.filter((name) => name !== '').sort()]
  })
  expect(Object.fromEntries(tested)).toEqual(exportsByModule())
})

/** Of every entry with declarations of its own. */
function exportsByModule(): Record<string, string[]> {
  const { name, exports } = manifestOf(installed)
  const entries = Object.entries(exports).flatMap(([path, target]) =>
    typeof target === 'object' && path !== './bundle' ? [[path, join(installed, target.types)] as const] : [],
  )
  const program = compile(
    entries.map(([, file]) => file),
    'nodenext',
  )
  const checker = program.getTypeChecker()
  return Object.fromEntries(
    entries.map(([path, file]) => {
      const source = program.getSourceFile(file)
      const symbol = source && checker.getSymbolAtLocation(source)
      const names = symbol ? checker.getExportsOfModule(symbol).map((exported) => exported.name) : []
      return [path.replace('.', name), names.sort()]
    }),
  )
}

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
