// npm run build: makes dist/, writes its hash and the repository's address where they are named, and fails when a size
// is over its budget. With CI in the environment it also fails when it had to write: then what was committed is wrong.
import { addressOf, pagesWithAddress, writeAddress } from './address.js'
import { BUNDLE, buildDist } from './dist.js'
import { integrityOf, pagesWithIntegrity, writeIntegrity } from './integrity.js'
import { checkSizes } from './sizes.js'

await buildDist()
const integrity = integrityOf(BUNDLE)
console.log(`${BUNDLE}\n  integrity="${integrity}"`)
const written = [
  ...pagesWithIntegrity.filter((page) => writeIntegrity(page, integrity)),
  ...pagesWithAddress.filter((page) => writeAddress(page, addressOf())),
]
if (written.length > 0) {
  console.log(`Written anew: ${written.join(', ')}. Commit them with what you changed.`)
  if (process.env['CI']) process.exitCode = 1
}
await checkSizes()
