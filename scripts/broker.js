// npm run broker: Mosquitto for the demo across machines, until Ctrl-C.
import { parseArgs } from 'node:util'
import { startMosquitto } from './broker/mosquitto.js'

const usage = `Usage: npm run broker -- [--host 127.0.0.1] [--port 9001]

  --host  the address to listen at; 0.0.0.0 for other machines, which then can all use it (default: 127.0.0.1)
  --port  0 is any that is free (default: 9001)
  --help  this text
`

function readFlags() {
  try {
    const { values } = parseArgs({
      options: {
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '9001' },
        help: { type: 'boolean', default: false },
      },
    })
    const port = Number(values.port)
    if (!/^\d{1,5}$/.test(values.port) || port > 65_535)
      throw new Error(`--port is a number up to 65535, not '${values.port}'`)
    return { host: values.host, port, help: values.help }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exit(2)
  }
}

const { help, ...address } = readFlags()
if (help) {
  process.stdout.write(usage)
  process.exit(0)
}
try {
  const { url, ended, stop } = await startMosquitto(address)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop)
  console.log(`Broker: ${url} (Ctrl-C to stop). Open the demo with ?broker=${url}`)
  const code = await ended
  if (code) throw new Error(`mosquitto ended with status ${code}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
