// npm run lint:workflows: runs actionlint and zizmor on .github/, and checks that the scripts which it calls exist.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

const workflows = '.github/workflows'
const actionlint = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12'
const zizmor = 'zizmor==1.32.0'

const isWindows = process.platform === 'win32'
const environment = 'node_modules/.cache/mls-targeted-messages/zizmor'
const inEnvironment = (/** @type {string} */ program) =>
  join(environment, isWindows ? 'Scripts' : 'bin', isWindows ? `${program}.exe` : program)

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} missing What to do where the program is not there.
 */
function run(program, args, missing = 'it should have been installed just now') {
  console.log(`${program} ${args.join(' ')}`)
  const { status, error } = spawnSync(program, args, { stdio: 'inherit' })
  if (error) throw new Error(`${program} does not run (${error.message}): ${missing}`)
  if (status !== 0) throw new Error(`${program} found something, or failed: see above`)
}

/** npm scripts that a workflow runs and package.json lacks. */
function unknownScripts() {
  /** @type {Record<string, string>} */
  const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts
  return readdirSync(workflows).flatMap((name) =>
    Array.from(
      readFileSync(join(workflows, name), 'utf8').matchAll(/\bnpm run ([\w:-]+)/g),
      ([, script = '']) => ({ name, script }),
    ).filter(({ script }) => !(script in scripts)),
  )
}

try {
  const unknown = unknownScripts()
  if (unknown.length > 0) throw new Error(`no such npm script: ${JSON.stringify(unknown)}`)
  // Its checks of shell scripts and Python need programs that not every machine has.
  run('go', ['run', actionlint, '-shellcheck=', '-pyflakes='], 'install Go, https://go.dev/dl')
  if (!existsSync(inEnvironment('zizmor'))) {
    const python = isWindows ? 'python' : 'python3'
    run(python, ['-m', 'venv', environment], 'install Python 3.10 or later')
    run(inEnvironment('python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', zizmor])
  }
  run(inEnvironment('zizmor'), ['--offline', '--persona=pedantic', '.github'])
  console.log('Workflows: nothing found.')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
