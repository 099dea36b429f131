import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const aptTimeout = 300_000
const isWindows = process.platform === 'win32'

/**
 * The program's full path. Unlike a shell, the system's directories are looked at in any case: cron and editors drop
 * them, and not everybody has those of services.
 *
 * @param {string} program
 * @returns {string | undefined}
 */
export function onPath(program) {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/sbin']
  const file = isWindows ? `${program}.exe` : program
  return directories.map((directory) => join(directory, file)).find(isExecutable)
}

/**
 * @param {string} path
 * @returns {boolean}
 */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export const hasApt = () => process.getuid?.() === 0 && onPath('apt-get') !== undefined

/** @param {readonly string[]} packages */
export function installWithApt(packages) {
  console.log(`Installing ${packages.join(', ')} …`)
  attempt('apt-get', ['update', '-qq'], aptTimeout)
  attempt('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], aptTimeout)
}

/**
 * A failure is shown, not thrown: whether the program is there afterwards decides.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {number} timeout
 */
export function attempt(command, args, timeout) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // What npm installs are batch files on Windows, which only a shell runs.
  const options = { timeout, env, shell: isWindows, killSignal: /** @type {const} */ ('SIGKILL') }
  const result = spawnSync(command, args, { ...options, encoding: 'utf8' })
  if (result.status === 0) return
  const reason = result.error?.message ?? result.stderr.trim().split('\n').slice(-3).join('\n')
  console.error(`${command} ${args.join(' ')} failed: ${reason}`)
}
