import { execFileSync } from 'node:child_process'

/**
 * The path of a Node of at least that major version: this one, or one that npm fetches into its own cache. The
 * package is called node, and has the binaries of nodejs.org.
 */
export function nodeOfMajor(major: number): string {
  if (Number.parseInt(process.versions.node, 10) >= major) return process.execPath
  console.log(`  needs Node ${major} …`)
  const command = ['exec', '--yes', `--package=node@${major}`, '--', 'node', '-p', 'process.execPath']
  const printed = execFileSync('npm', command, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  })
  return printed.trim()
}
