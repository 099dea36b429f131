/** Our keys are those of hpke-js: in an engine that can export them, both ways lead to the same. */

import { getCiphersuiteFromName, getCiphersuiteImpl } from 'ts-mls'
import { expect, test } from 'vitest'
import { suiteNames } from './stack.js'
import { withWholeKeys } from './whole-keys.js'

for (const suite of [2, 5, 7] as const) {
  test(`suite ${suite}: derived and imported keys`, async () => {
    const { hpke: theirs, ...rest } = await getCiphersuiteImpl(getCiphersuiteFromName(suiteNames[suite]))
    const { hpke: ours } = await withWholeKeys(suite, { hpke: theirs, ...rest })
    for (let i = 0; i < 4; i++) {
      const ikm = crypto.getRandomValues(new Uint8Array(rest.kdf.size))
      const [mine, its] = [await ours.deriveKeyPair(ikm), await theirs.deriveKeyPair(ikm)]
      expect(await ours.exportPublicKey(mine.publicKey)).toEqual(await theirs.exportPublicKey(its.publicKey))
      const scalar = await ours.exportPrivateKey(mine.privateKey)
      expect(scalar).toEqual(await theirs.exportPrivateKey(its.privateKey))
      const { enc, ct } = await theirs.seal(its.publicKey, Uint8Array.of(1, 2, 3), new Uint8Array())
      const imported = await ours.importPrivateKey(scalar)
      expect(await ours.open(imported, enc, ct, new Uint8Array())).toEqual(Uint8Array.of(1, 2, 3))
    }
  })
}
