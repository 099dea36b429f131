/** What of post-quantum suites is in the bundle of an application that Vite makes. */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { linkDirectory, repository } from '../browser-tests/package/consumer.js'

const consumer = inject('consumer')

/** Algorithms of SubtleCrypto, its methods, and what only the entry hpke-js and the KEM packages call things. */
const telling = {
  'the post-quantum entry': [
    'MLKEM768-X25519',
    'ML-DSA-65',
    'encapsulateBits',
    'decapsulateBits',
    'raw-seed',
  ],
  'the hpke-js entry': [' of hpke-js', 'deserializePrivateKey'],
  'the KEM packages': ['generateKeyPairDerand', 'Invalid length of recipientPublicKey'],
} as const

/** One file, as it would be served; its names are kept, its strings are anyhow. */
async function bundle(entry: string): Promise<{ file: string; code: string }> {
  const outDir = join(consumer, `vite-${entry}`)
  await build({
    configFile: false,
    root: consumer,
    logLevel: 'silent',
    build: {
      outDir,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: join(consumer, `${entry}.js`),
        output: { entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  })
  const file = join(outDir, `${entry}.js`)
  return { file, code: readFileSync(file, 'utf8') }
}

beforeAll(() => {
  // An optional peer, which this consumer installs. What it needs itself is found where it really is.
  const name = 'node_modules/@hpke/hybridkem-x-wing'
  linkDirectory(join(repository, name), join(consumer, name))
})

describe.each(['application', 'post-quantum'])('Vite, %s', (entry) => {
  const isPostQuantum = entry === 'post-quantum'
  test(isPostQuantum ? 'has what it imports' : 'has nothing of what it does not import', async () => {
    const { file, code } = await bundle(entry)
    for (const [whose, strings] of Object.entries(telling)) {
      for (const string of strings) {
        expect(code.includes(string), `${string}, of ${whose}`).toBe(isPostQuantum)
      }
    }
    // Even then, what is not used is shaken off.
    expect(code.includes('ML-DSA-44')).toBe(false)
    const printed = execFileSync(process.execPath, [file], { cwd: consumer, encoding: 'utf8' })
    expect(printed).toContain('"senderLeafIndex":0')
  })
})
