/** The runtimes: what each is called, the npm package that brings its program, and how it runs a module. */

import { allSuites, promisedSuites } from '../tests/support/suites.js'

/** What all runtimes are asked last: the tests of examples/node-store. */
export const sqliteStore = 'inbox in an SQLite file, as the example has it'

export interface Runtime {
  readonly name: string
  /** With its exact version: what is tested changes when this line does. */
  readonly package: string
  /** In the package. */
  readonly program: string
  /** Node, Deno and Bun load the package from `node_modules`; workerd gets one file with everything in it. */
  readonly modules: 'node_modules' | 'one file'
  /** Of the program; the file is what it is to run. */
  readonly arguments: (file: string) => readonly string[]
  /** Of the program, to run a file with tests of `node:test`; absent where there are no files. */
  readonly testArguments?: (file: string) => readonly string[]
  /** The cipher suites that it must have. */
  readonly suites: readonly number[]
  /** What it cannot do, by the name of the task: the error that it throws, and why. */
  readonly cannot?: Readonly<Record<string, { readonly error: RegExp; readonly why: string }>>
}

const { platform, arch } = process
const isWindows = platform === 'win32'
const exe = isWindows ? '.exe' : ''

const withoutSqlite: Runtime['cannot'] = {
  [sqliteStore]: { error: /No such built-in module: node:sqlite/, why: 'no: it has no `node:sqlite`' },
}

const node = (version: string, suites: readonly number[], cannot: Runtime['cannot'] = {}): Runtime => ({
  name: `Node ${version.split('.')[0]}`,
  package: `node-${isWindows ? 'win' : platform}-${arch}@${version}`,
  program: `bin/node${exe}`,
  modules: 'node_modules',
  // Node 24 and later say of ChaCha20-Poly1305 that it is experimental.
  arguments: (file) => ['--disable-warning=ExperimentalWarning', file],
  testArguments: (file) => ['--test', file],
  suites,
  cannot,
})

const denoArguments = ['--quiet', '--no-prompt', '--no-lock', '--node-modules-dir=manual']

/** Deno's packages say which C library they are for, workerd's leave "x" away. */
const denoPlatform = `${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}`
const bunPlatform = `${isWindows ? 'windows' : platform}-${arch === 'arm64' ? 'aarch64' : arch}`
const workerdPlatform = `${isWindows ? 'windows' : platform}-${arch === 'x64' ? '64' : arch}`

export const runtimes: readonly Runtime[] = [
  node('20.20.2', promisedSuites, withoutSqlite),
  node('22.23.3', promisedSuites),
  node('24.21.0', allSuites),
  node('26.10.0', allSuites),
  {
    name: 'Deno',
    package: `@deno/${denoPlatform}@2.9.6`,
    program: `deno${exe}`,
    modules: 'node_modules',
    // With no permission but to read what it loads.
    arguments: (file) => ['run', ...denoArguments, file],
    testArguments: (file) => ['test', ...denoArguments, '--no-check', '--allow-all', file],
    suites: allSuites,
  },
  {
    name: 'Bun',
    package: `@oven/bun-${bunPlatform}@1.4.5`,
    program: `bin/bun${exe}`,
    modules: 'node_modules',
    arguments: (file) => [file],
    testArguments: (file) => ['test', `./${file}`],
    suites: allSuites,
  },
  {
    name: 'workerd',
    package: `@cloudflare/workerd-${workerdPlatform}@1.20261117.1`,
    program: `bin/workerd${exe}`,
    modules: 'one file',
    arguments: (file) => ['test', file],
    suites: promisedSuites,
    cannot: {
      [sqliteStore]: { error: /^it runs no file of tests$/, why: 'no: it has no files' },
      'export and from, through structuredClone': {
        error: /^DataCloneError: Could not serialize object of type "CryptoKey"/,
        why: 'no: it clones no CryptoKey',
      },
    },
  },
]
