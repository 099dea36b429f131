// npm run build: makes dist/, writes its hash and the repository's address where they are named, and fails when a size
// is over its budget.
import { addressOf, pagesWithAddress, writeAddress } from './address.js'
import { BUNDLE, buildDist } from './dist.js'
import { integrityOf, pagesWithIntegrity, writeIntegrity } from './integrity.js'
import { checkSizes } from './sizes.js'

await buildDist()
const integrity = integrityOf(BUNDLE)
for (const page of pagesWithIntegrity) writeIntegrity(page, integrity)
for (const page of pagesWithAddress) writeAddress(page, addressOf())
console.log(`${BUNDLE}\n  integrity="${integrity}"`)
await checkSizes()
