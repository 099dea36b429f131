/** What is in the package, and what it needs. */

import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import ts from 'typescript'
import { expect, inject, test } from 'vitest'
import { addressesIn, addressOf, pagesWithAddress } from '../scripts/address.js'
import { integritiesIn, integrityOf, pagesWithIntegrity } from '../scripts/integrity.js'
import { manifestOf } from './manifest.js'

const { installed } = inject('packed')

const files = readdirSync(installed, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(installed.length + 1)
      .replaceAll(sep, '/'),
  )
  .sort()

const contentOf = (file: string): string => readFileSync(join(installed, file), 'utf8')

test('publint has nothing to say', async () => {
  const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true })
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
})

test('there is no dependency, but for the KEMs and AEADs of hpke-js that an application chooses', () => {
  const { dependencies, peerDependencies, optionalDependencies, ...rest } = manifestOf(installed)
  expect([dependencies, optionalDependencies]).toEqual([undefined, undefined])
  const peers = Object.keys(peerDependencies ?? {})
  expect(peers).toEqual([
    '@hpke/chacha20poly1305',
    '@hpke/dhkem-x448',
    '@hpke/hybridkem-x-wing',
    '@hpke/ml-kem',
  ])
  expect(rest.peerDependenciesMeta).toEqual(
    Object.fromEntries(peers.map((peer) => [peer, { optional: true }])),
  )
  expect([rest.bundledDependencies, rest.bundleDependencies]).toEqual([undefined, undefined])
})

test('the code and the declarations import only each other', () => {
  const imported = files.filter(isCode).flatMap((file) => importsOf(file))
  expect(imported.filter((module) => !module.startsWith('.'))).toEqual([])
  expect(importsOf('dist/mls-targeted-messages.min.js')).toEqual([])
})

const isCode = (file: string): boolean => file.endsWith('.js') || file.endsWith('.d.ts')

/** Static and dynamic ones. */
const importsOf = (file: string): string[] =>
  ts.preProcessFile(contentOf(file)).importedFiles.map(({ fileName }) => fileName)

test('there are the build, its declarations, and what people read', () => {
  const others = files.filter((file) => !/^dist\/.*(\.js|\.js\.map|\.d\.ts)$/.test(file))
  const read = ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json']
  expect(others).toEqual(read)
  expect(contentOf('dist/mls-targeted-messages.min.js')).toMatch(/^\/\*! mls-targeted-messages, MIT/)
})

test('everything is made of lib/ without its tests', () => {
  const maps = files.filter((file) => file.endsWith('.js.map'))
  const sources = maps.flatMap((file): string[] => JSON.parse(contentOf(file)).sources)
  expect(sources.length).toBeGreaterThan(40)
  expect(sources.filter((source) => !/^(\.\.\/)+lib\/(?!.*\.test\.)/.test(source))).toEqual([])
  expect(files.filter((file) => file.includes('.test.'))).toEqual([])
})

test('the hash of the self-contained file is where pages name it', () => {
  const integrity = integrityOf(join(installed, 'dist/mls-targeted-messages.min.js'))
  for (const page of pagesWithIntegrity) {
    expect(integritiesIn(page), `${page}: npm run build writes it anew`).toEqual([integrity])
  }
})

test('the address of the repository is one, as package.json has it', () => {
  const address = addressOf()
  for (const page of pagesWithAddress) {
    const named = addressesIn(page)
    expect(named.length, page).toBeGreaterThan(0)
    expect(new Set(named), `${page}: npm run build writes it anew`).toEqual(new Set([address]))
  }
  const { homepage, bugs } = manifestOf(installed)
  expect([homepage, bugs?.url]).toEqual([`${address}#readme`, `${address}/issues`])
})
