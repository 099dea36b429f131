// npm run vectors: writes testing/vectors/own-*.json anew.
import { fileURLToPath } from 'node:url'
import { runTypeScript } from './typescript.js'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
await runTypeScript('testing/own-vectors/write.ts')
