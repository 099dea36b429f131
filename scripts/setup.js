// Checks Node and installs the packages of package-lock.json where they are not. Imported before anything that comes
// from node_modules, hence Node built-ins alone.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** As `engines` in package.json says. */
const oldest = { major: 20, minor: 19 }

const root = fileURLToPath(new URL('..', import.meta.url))

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean }} Package */

/**
 * @param {string} file
 * @returns {Record<string, Package>}
 */
const packagesOf = (file) => JSON.parse(readFileSync(`${root}${file}`, 'utf8')).packages

/** npm writes down what it installed; packages for other platforms are not among it. */
function isInstalled() {
  if (!existsSync(`${root}node_modules/.package-lock.json`)) return false
  const installed = packagesOf('node_modules/.package-lock.json')
  return Object.entries(packagesOf('package-lock.json')).every(([path, wanted]) => {
    if (path === '' || wanted.link) return true
    const found = installed[path]
    if (!found) return Boolean(wanted.optional || wanted.devOptional)
    return found.version === wanted.version && found.integrity === wanted.integrity
  })
}

/** @param {string} reason */
function stop(reason) {
  console.error(`Setup: ${reason}`)
  process.exit(1)
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < oldest.major || (major === oldest.major && minor < oldest.minor)) {
  stop(`this is Node ${process.versions.node}; please install Node ${oldest.major}.${oldest.minor} or later.`)
}

if (isInstalled()) {
  console.log(`Setup: Node ${process.versions.node}, packages in place.`)
} else {
  console.log(`Setup: Node ${process.versions.node}, installing the packages of package-lock.json ...`)
  const { status } = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) stop('npm ci failed, see above. It needs npm and the package registry.')
}
