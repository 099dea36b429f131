/** The code in what people read: none of it escapes the tests, and the compiler has nothing against it. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type ts from 'typescript'
import { expect, inject, test } from 'vitest'
import { linkDirectory } from '../browser-tests/package/consumer.js'
import { compile, toldOf } from './compile.js'

interface Sample {
  readonly page: string
  readonly language: string
  readonly code: string
}

const pages = readdirSync('.', { recursive: false, encoding: 'utf8' })
  .concat(readdirSync('docs', { encoding: 'utf8' }).map((name) => `docs/${name}`))
  .filter((name) => name.endsWith('.md'))

const samples = pages.flatMap((page): Sample[] =>
  Array.from(
    readFileSync(page, 'utf8').matchAll(/^ *```(.*)\n([\s\S]*?)^ *```$/gm),
    ([, language = '', code = '']) => ({ page, language, code }),
  ),
)

const inLanguage = (language: string) => samples.filter((sample) => sample.language === language)

test('every sample is run by a test', () => {
  // tests/documents/samples.test.ts runs what is in README.md and docs/, browser-tests/samples.spec.ts the service worker.
  const pagesWithTs = inLanguage('ts').map(({ page }) => page)
  expect(pagesWithTs.length).toBeGreaterThan(4)
  expect(pagesWithTs.filter((page) => page !== 'README.md' && !page.startsWith('docs/'))).toEqual([])
  expect(inLanguage('js').map(({ page }) => page)).toEqual(['docs/keys-and-epochs.md'])
  // browser-tests/examples.spec.ts
  expect(inLanguage('html').map(({ page }) => page)).toEqual(['README.md'])
  const others = samples.filter(({ language }) => !['ts', 'js', 'html', 'sh', 'text'].includes(language))
  expect(others).toEqual([])
})

test('every npm script that a page names exists', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'))
  const named = pages.flatMap((page) =>
    Array.from(
      readFileSync(page, 'utf8').matchAll(/(?<=^|`)npm (?:run )?(\S+?)(?=[`\s,.;:)])/gm),
      ([command, name = '']) => ({
        page,
        command,
        exists:
          name in scripts || (!command.startsWith('npm run') && ['ci', 'install', 'pack'].includes(name)),
      }),
    ),
  )
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter(({ exists }) => !exists)).toEqual([])
})

test('samples have the right types', () => {
  const directory = join(inject('consumer'), 'samples')
  mkdirSync(directory)
  // What an application installs besides for a post-quantum group.
  const xWing = 'node_modules/@hpke/hybridkem-x-wing'
  linkDirectory(resolve(xWing), join(directory, xWing))
  const files = inLanguage('ts').map(({ page, code }, i) => {
    const file = join(directory, `${page.replace(/\W/g, '-')}-${i}.ts`)
    writeFileSync(file, `${code}\nexport {}\n`)
    return file
  })
  const program = compile(files, 'bundler')
  const wrong = files.flatMap((file) => {
    const { semantic, syntactic } = diagnosticsOf(program, file)
    return [...syntactic, ...semantic.filter(({ code }) => !notDeclared.includes(code))]
  })
  expect(toldOf(wrong, directory)).toBe('')
})

/** A sample takes some names as given: they have any type, and so have the parameters of what they call back. */
const notDeclared = [2304, 2552, 2593, 18004, 7006, 7031]

const diagnosticsOf = (program: ts.Program, file: string) => {
  const source = program.getSourceFile(file)
  return {
    semantic: program.getSemanticDiagnostics(source),
    syntactic: program.getSyntacticDiagnostics(source),
  }
}
