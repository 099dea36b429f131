/** An application around the installed package: run as it is, and as two bundlers make it. */

import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build as esbuild } from 'esbuild'
import { build as vite } from 'vite'
import { expect, inject, test } from 'vitest'

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

test('esbuild', async () => {
  const outfile = join(consumer, 'esbuild/application.js')
  const { warnings, metafile } = await esbuild({
    absWorkingDir: consumer,
    entryPoints: ['application.js'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
    metafile: true,
  })
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

test('the self-contained file needs nothing beside it', () => {
  const directory = join(consumer, 'alone')
  mkdirSync(directory)
  copyFileSync(join(installed, 'dist/mls-targeted-messages.min.js'), join(directory, 'library.js'))
  const source = "import * as library from './library.js'\nconsole.log(JSON.stringify(Object.keys(library)))"
  writeFileSync(join(directory, 'main.js'), source)
  expect(run(join(directory, 'main.js'))).toContain('GroupEpoch')
})
