/** Applications around the installed package: run as they are, and as three bundlers make them. */

import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { build as esbuild } from 'esbuild'
import { build as vite } from 'vite'
import { describe, expect, inject, test } from 'vitest'
import type { Configuration } from 'webpack'
import { buildViteExample, layOutExamples, testSqliteStore } from '../browser-tests/package/examples.js'
import { bundleWithWebpack } from './webpack.js'

const consumer = inject('consumer')
const { installed } = inject('packed')

const expected = {
  heard: 'only you can read this',
  senderLeafIndex: 0,
  epoch: '7',
  again: 'replay',
  wireFormats: [6],
  noTree: 'malformed',
  noState: 'invalid-input',
}

/** In a process of its own, where nothing of this repository is loaded. */
function run(file: string): unknown {
  const printed = execFileSync(process.execPath, [file], { cwd: consumer, encoding: 'utf8' })
  return JSON.parse(printed)
}

test('plain Node', () => {
  expect(run(join(consumer, 'application.js'))).toEqual(expected)
})

const withEsbuild = (entryPoint: string, outfile: string) =>
  esbuild({
    absWorkingDir: consumer,
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
    metafile: true,
  })

test('esbuild', async () => {
  const outfile = join(consumer, 'esbuild/application.js')
  const { warnings, metafile } = await withEsbuild('application.js', outfile)
  expect(warnings).toEqual([])
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports)
  expect(imports, 'everything is in the bundle').toEqual([])
  expect(run(outfile)).toEqual(expected)
})

test('Vite', async () => {
  const warnings: string[] = []
  await vite({
    configFile: false,
    root: consumer,
    logLevel: 'silent',
    build: {
      outDir: 'vite',
      target: 'es2022',
      // The polyfill is for pages, and this is run in Node.
      modulePreload: false,
      rolldownOptions: {
        output: { entryFileNames: '[name].js' },
        onwarn: ({ message }) => warnings.push(message),
      },
    },
  })
  expect(warnings).toEqual([])
  expect(run(join(consumer, 'vite/index.js'))).toEqual(expected)
})

const withWebpack = (entry: string, path: string, configuration: Configuration = {}) =>
  bundleWithWebpack({ context: consumer, entry, output: { path, filename: 'main.mjs' }, ...configuration })

test('webpack', async () => {
  const directory = join(consumer, 'webpack')
  expect(await withWebpack('./application.js', directory)).toEqual([])
  expect(run(join(directory, 'main.mjs'))).toEqual(expected)
})

describe('with ts-mls, by the one setting of docs/setup.md', () => {
  const examples = layOutExamples(consumer)
  const heard = { senderLeafIndex: 0 }

  test('plain Node', () => {
    expect(run(join(consumer, 'with-ts-mls.js'))).toEqual(heard)
    const printed = execFileSync(process.execPath, ['node/main.js', join(consumer, 'bob.epoch')], {
      cwd: examples,
      encoding: 'utf8',
    })
    expect(printed).toBe('leaf 0 whispers: only you can read this\n')
  })

  test('plain Node, an inbox in an SQLite file: where it has node:sqlite, and only there', () => {
    const run = () => testSqliteStore(examples, process.execPath, (file) => ['--test', file])
    if (isBuiltin('node:sqlite')) run()
    else expect(run).toThrow('No such built-in module: node:sqlite')
  })

  test('esbuild, with none', async () => {
    const outfile = join(consumer, 'esbuild/with-ts-mls.js')
    expect((await withEsbuild('with-ts-mls.js', outfile)).warnings).toEqual([])
    expect(run(outfile)).toEqual(heard)
  })

  // Its page is opened by browser-tests/examples.spec.ts.
  test('Vite, as the example has it', async () => {
    expect(await buildViteExample(consumer)).toEqual([])
  })

  test('webpack', async () => {
    const directory = join(consumer, 'webpack-with-ts-mls')
    const ignoreWarnings = [{ module: /node_modules[\\/](ts-mls|@hpke|mlkem)/ }]
    expect(readFileSync('docs/setup.md', 'utf8')).toContain(String(ignoreWarnings[0]?.module))
    expect(await withWebpack('./with-ts-mls.js', directory)).not.toEqual([])
    expect(await withWebpack('./with-ts-mls.js', directory, { ignoreWarnings })).toEqual([])
    expect(run(join(directory, 'main.mjs'))).toEqual(heard)
  })
})

test('the self-contained file needs nothing beside it', () => {
  const directory = join(consumer, 'alone')
  mkdirSync(directory)
  copyFileSync(join(installed, 'dist/mls-targeted-messages.min.js'), join(directory, 'library.js'))
  const source = "import * as library from './library.js'\nconsole.log(JSON.stringify(Object.keys(library)))"
  writeFileSync(join(directory, 'main.js'), source)
  expect(run(join(directory, 'main.js'))).toContain('GroupEpoch')
})
