import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

const worker = 'offline-worker.js'

/** Tells the worker which files to keep, and gives it a new version whenever one of them changes. */
export const offline: Plugin = {
  name: 'offline',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const chunk = bundle[worker]
      if (chunk?.type !== 'chunk') return
      const kept = Object.values(bundle).filter(({ fileName }) => !/worker\.js$|\.map$/.test(fileName))
      const hash = createHash('sha256')
      for (const output of kept) hash.update(output.type === 'chunk' ? output.code : output.source)
      const build = { version: hash.digest('hex').slice(0, 16), files: kept.map(({ fileName }) => fileName) }
      chunk.code = `const build = ${JSON.stringify(build)};\n${chunk.code}`
    },
  },
}
