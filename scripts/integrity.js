import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { replaceIn } from './replace-in.js'

/** They name the hash of the self-contained file, and no other hash. */
export const pagesWithIntegrity = ['README.md', 'examples/page/index.html']

const hash = /"sha384-[A-Za-z0-9+/]*"/g

/** @param {string} file */
export const integrityOf = (file) =>
  `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`

/**
 * What a page says.
 *
 * @param {string} page
 */
export const integritiesIn = (page) =>
  Array.from(readFileSync(page, 'utf8').matchAll(hash), ([quoted]) => quoted.slice(1, -1))

/**
 * Returns whether that changed the page.
 *
 * @param {string} page
 * @param {string} integrity
 */
export const writeIntegrity = (page, integrity) => replaceIn(page, hash, `"${integrity}"`)
