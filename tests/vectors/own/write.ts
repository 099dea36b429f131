// npm run vectors: see scripts/vectors.js, which runs this from the repository's root.
import { writeFileSync } from 'node:fs'
import { revisions } from '../../support/suites.js'
import { makeOwnVectors, ownVectorsJson } from './make.js'
import { vectorKinds } from './vector.js'

for (const kind of vectorKinds) {
  for (const revision of revisions) {
    const file = `tests/vectors/${kind}-${revision}.json`
    const vectors = await makeOwnVectors(revision, kind)
    writeFileSync(file, ownVectorsJson(vectors))
    console.log(`${file}: ${vectors.length} known answers`)
  }
}
