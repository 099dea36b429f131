import { posix } from 'node:path'

/**
 * A link of a page to a file of this repository.
 *
 * @typedef {{ line: number, text: string, path: string }} Reference
 */

const LINK = /\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g

/**
 * The lines of a page, samples left empty.
 *
 * @param {string} text
 */
function proseOf(text) {
  let isSample = false
  return text.split('\n').map((line) => {
    const isFence = line.startsWith('```')
    if (isFence) isSample = !isSample
    return isSample || isFence ? '' : line
  })
}

/**
 * All links but those to other sites and inside the page.
 *
 * @param {{ path: string, text: string }} page
 * @returns {Reference[]}
 */
export function referencesIn({ path: page, text }) {
  return proseOf(text).flatMap((line, i) =>
    [...line.matchAll(LINK)].flatMap(([, linkText = '', target = '']) => {
      if (/^([a-z]+:|#)/.test(target)) return []
      const [file = ''] = target.split('#')
      const path = posix.normalize(posix.join(posix.dirname(page), decodeURI(file)))
      // In a table, a bar is escaped.
      return [{ line: i + 1, text: linkText.replaceAll('\\|', '|'), path }]
    }),
  )
}

/**
 * The rows of all tables whose last column is called Test, with what that column says.
 *
 * @param {string} text
 * @returns {{ line: number, test: string }[]}
 */
export function testedRows(text) {
  let isTested = false
  return proseOf(text).flatMap((line, i) => {
    if (!line.startsWith('|')) {
      isTested = false
      return []
    }
    const test =
      line
        .split(/(?<!\\)\|/)
        .at(-2)
        ?.trim() ?? ''
    if (isTested && !/^-+$/.test(test)) return [{ line: i + 1, test }]
    isTested ||= test === 'Test'
    return []
  })
}
