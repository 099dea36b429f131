// npm start: sets up, runs the round trip, then serves the demo page until Ctrl-C.
import { readOptions } from './roundtrip/options.js'

const options = readOptions('npm start --')
await import('./setup.js')
const { ensureDist } = await import('./dist.js')
await ensureDist()
const { roundTrip } = await import('./roundtrip/load.js')
if (!(await roundTrip(options))) process.exit(1)

const { createServer } = await import('vite')
const server = await createServer({ logLevel: 'warn' })
await server.listen()
const [url] = server.resolvedUrls?.local ?? []
console.log(`Demo page: ${url} (Ctrl-C to stop)`)
process.once('SIGINT', async () => {
  await server.close()
  process.exit(0)
})
