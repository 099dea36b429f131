// npm run build: makes dist/, writes its hash where it is named, and fails when a size is over its budget.
import { BUNDLE, buildDist } from './dist.js'
import { integrityOf, pagesWithIntegrity, writeIntegrity } from './integrity.js'
import { checkSizes } from './sizes.js'

await buildDist()
const integrity = integrityOf(BUNDLE)
for (const page of pagesWithIntegrity) writeIntegrity(page, integrity)
console.log(`${BUNDLE}\n  integrity="${integrity}"`)
await checkSizes()
