/** The programs of the runtimes, out of npm's packages: none of them is a dependency of this project. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Runtime } from './table.js'

const cache = resolve('node_modules/.cache/mls-targeted-messages/runtimes')

/** The program's path, installed first where it is missing. */
export function provideRuntime(runtime: Runtime): string {
  const directory = join(cache, runtime.package.replace(/[@/]/g, '-'))
  const name = runtime.package.replace(/@[^@]*$/, '')
  const program = join(directory, 'node_modules', name, runtime.program)
  if (!existsSync(program)) install(runtime, directory)
  if (existsSync(program)) return program
  throw new Error(`${runtime.package} holds no ${runtime.program}`)
}

function install(runtime: Runtime, directory: string): void {
  console.log(`Installing ${runtime.package} …`)
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'package.json'), '{ "private": true }\n')
  // No script of any package runs.
  const args = ['install', '--ignore-scripts', '--no-package-lock', '--loglevel=error', runtime.package]
  const { status } = spawnSync('npm', args, {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0)
    throw new Error(`${runtime.package} cannot be installed, see above: ${runtime.name} is not tested`)
}
