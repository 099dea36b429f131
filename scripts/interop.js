// npm run interop: live groups with OpenMLS, written down in docs/interop.md.
import './setup.js'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtEntries } from './entries.js'
import { onPath } from './programs.js'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

/** rustup puts it where not every shell looks. */
function findCargo() {
  const program = process.platform === 'win32' ? 'cargo.exe' : 'cargo'
  const own = join(homedir(), '.cargo/bin', program)
  return onPath(program) ?? (existsSync(own) ? own : undefined)
}

function buildPeer() {
  const cargo = findCargo()
  if (cargo === undefined) {
    console.error('npm run interop needs cargo: install Rust 1.91 or later from https://rustup.rs.')
    return false
  }
  const build = ['build', '--release', '--locked', '--manifest-path', 'interop/peer/Cargo.toml']
  return spawnSync(cargo, build, { stdio: 'inherit' }).status === 0
}

if (buildPeer()) {
  const { ensureDist } = await import('./dist.js')
  const { bundleTypeScript } = await import('./typescript.js')
  await ensureDist()
  const alias = builtEntries()
  const runSuite = await bundleTypeScript('interop/run-suite.ts', alias)
  const run = await bundleTypeScript('interop/run.ts', alias)
  const { status } = spawnSync(process.execPath, [run, runSuite], { stdio: 'inherit' })
  process.exitCode = status ?? 1
} else {
  process.exitCode = 1
}
