import { readFileSync } from 'node:fs'
import { replaceIn } from './replace-in.js'

/** The pages and fields that name the repository's address. `repository` in package.json decides. */
export const pagesWithAddress = ['package.json', 'SECURITY.md']

const known = /https:\/\/github\.com\/[\w.-]+\/mls-targeted-messages(?=[/#".)]|\.git)/g

/** As package.json says it, without what npm puts around it. */
export function addressOf() {
  /** @type {{ repository: { url: string } }} */
  const { repository } = JSON.parse(readFileSync('package.json', 'utf8'))
  return repository.url.replace(/^git\+/, '').replace(/\.git$/, '')
}

/**
 * What a page says.
 *
 * @param {string} page
 */
export const addressesIn = (page) =>
  Array.from(readFileSync(page, 'utf8').matchAll(known), ([address]) => address)

/**
 * Returns whether that changed the page.
 *
 * @param {string} page
 * @param {string} address
 */
export const writeAddress = (page, address) => replaceIn(page, known, address)
