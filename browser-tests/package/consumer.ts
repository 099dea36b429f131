/** The package as a user gets it: built, packed, and unpacked where an application would have it. */

import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildDist } from '../../scripts/dist.js'

export const repository = fileURLToPath(new URL('../../', import.meta.url))

/** Where a consumer has it. */
export interface Packed {
  readonly tarball: string
  /** The unpacked package. */
  readonly installed: string
}

/** An application's directory: the package and its dependencies are in its node_modules. */
export async function makeConsumer(directory: string): Promise<Packed> {
  await buildDist()
  // What the package's scripts would do was done above.
  const packed = run('npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', directory)
  const { name, filename } = packedPackage(JSON.parse(packed))
  const tarball = join(directory, filename)
  const installed = join(directory, 'node_modules', name)
  mkdirSync(installed, { recursive: true })
  // By names without a drive: there are tars that take one for another machine.
  const unpack = ['-xzf', filename, '--strip-components=1', '-C', `node_modules/${name}`]
  execFileSync('tar', unpack, { cwd: directory })

  const manifest: { dependencies?: Record<string, string> } = JSON.parse(
    readFileSync(join(installed, 'package.json'), 'utf8'),
  )
  // Only these: a bundle or a module that needs another package must fail here as it would for a user.
  for (const dependency of Object.keys(manifest.dependencies ?? {})) {
    linkDirectory(join(repository, 'node_modules', dependency), join(directory, 'node_modules', dependency))
  }
  return { tarball, installed }
}

function run(program: string, ...args: string[]): string {
  // npm is a batch file on Windows, which only a shell runs.
  const shell = program === 'npm' && process.platform === 'win32'
  return execFileSync(program, args, { cwd: repository, encoding: 'utf8', shell })
}

/** A junction, since Windows lets not everybody make a link. */
export const linkDirectory = (target: string, path: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path, 'junction')
}

/** npm writes a list, or in newer versions an object by package name. */
function packedPackage(list: readonly unknown[] | Record<string, unknown>): {
  name: string
  filename: string
} {
  const [entry] = Object.values(list)
  if (typeof entry === 'object' && entry !== null && 'name' in entry && 'filename' in entry) {
    const { name, filename } = entry
    if (typeof name === 'string' && typeof filename === 'string') return { name, filename }
  }
  throw new Error('npm pack does not say which file it wrote')
}
