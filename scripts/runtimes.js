// npm run test:runtimes: the built package in Node, Deno, Bun and workerd; the table of docs/engines.md says what each does.
import { spawnSync } from 'node:child_process'
import './setup.js'

const { ensureDist } = await import('./dist.js')
// The test itself names what the package exports.
await ensureDist()
const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'runtimes/vitest.config.ts']
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
process.exitCode = status ?? 1
