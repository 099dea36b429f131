// npm run build: makes dist/ and fails when a size is over its budget.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { BUNDLE, buildDist } from './dist.js'
import { checkSizes } from './sizes.js'

await buildDist()
const integrity = createHash('sha384').update(readFileSync(BUNDLE)).digest('base64')
console.log(`${BUNDLE}\n  integrity="sha384-${integrity}"`)
await checkSizes()
