// npm run engines: runs the browser suite, and writes what it found out about the engines to docs/engines.md.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('..', import.meta.url))
mkdirSync(`${repository}docs`, { recursive: true })

// The reporter writes the page, from the same facts as the table that it prints.
const { status } = spawnSync(process.execPath, ['node_modules/@playwright/test/cli.js', 'test'], {
  cwd: repository,
  stdio: 'inherit',
  env: { ...process.env, MTM_ENGINES_PAGE: 'docs/engines.md' },
})
if (status === 0) console.log('\nWritten: docs/engines.md')
else console.error('\nThe suite failed, so docs/engines.md is as it was.')
process.exitCode = status ?? 1
