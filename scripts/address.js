import { readFileSync, writeFileSync } from 'node:fs'

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
 * @param {string} page
 * @param {string} address
 */
export function writeAddress(page, address) {
  const text = readFileSync(page, 'utf8')
  const written = text.replace(known, address)
  if (written !== text) writeFileSync(page, written)
}
