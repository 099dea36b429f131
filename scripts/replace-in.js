import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Writes a file with all that the pattern matches replaced. Returns whether that changed it.
 *
 * @param {string} file
 * @param {RegExp} pattern
 * @param {string} replacement
 */
export function replaceIn(file, pattern, replacement) {
  const text = readFileSync(file, 'utf8')
  const written = text.replace(pattern, replacement)
  if (written === text) return false
  writeFileSync(file, written)
  return true
}
