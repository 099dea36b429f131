// npm test: what every change must pass, one step after another; stops at the first failure. What takes long is in
// `npm run test:long`.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The scripts of package.json that are run, in this order. */
const steps = [
  { title: 'Setup', script: 'setup' },
  { title: 'Type check', script: 'typecheck' },
  { title: 'Lint and format', script: 'lint' },
  { title: "Unit tests, on Node's WebCrypto and on @peculiar/webcrypto", script: 'test:unit' },
  { title: 'Build', script: 'build' },
  { title: 'Package, as its users get it', script: 'test:package' },
  { title: 'What the pages name: files, functions, tests', script: 'conformance' },
  { title: 'Round trip', script: 'roundtrip' },
  { title: 'Unit tests, in the three engines', script: 'test:units' },
  { title: 'Browser tests', script: 'test:browsers' },
]

const start = performance.now()
const seconds = (/** @type {number} */ since) => `${((performance.now() - since) / 1000).toFixed(1)} s`

for (const [i, { title, script }] of steps.entries()) {
  const began = performance.now()
  console.log(`\n=== ${i + 1}/${steps.length} ${title} (npm run ${script})`)
  const { status } = spawnSync('npm', ['run', '--silent', script], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    console.error(`\n=== ${title} failed after ${seconds(began)}. Alone: npm run ${script}`)
    process.exit(1)
  }
  console.log(`=== ${title}: ${seconds(began)}`)
}
console.log(`\n=== All ${steps.length} steps passed in ${seconds(start)}.`)
