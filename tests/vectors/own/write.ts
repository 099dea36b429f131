// npm run vectors: see scripts/vectors.js, which runs this from the repository's root.
import { writeFileSync } from 'node:fs'
import { revisions } from '../../support/suites.js'
import { makeOwnVectors, ownVectorsJson } from './make.js'

for (const revision of revisions) {
  const file = `tests/vectors/own-${revision}.json`
  const vectors = await makeOwnVectors(revision)
  writeFileSync(file, ownVectorsJson(vectors))
  console.log(`${file}: ${vectors.length} known answers`)
}
