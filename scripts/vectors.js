// npm run vectors: writes tests/vectors/own-*.json again.
import { fileURLToPath } from 'node:url'
import { runTypeScript } from './typescript.js'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
await runTypeScript('tests/vectors/own/write.ts')
