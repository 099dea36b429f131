/** Mosquitto as a broker that speaks MQTT over WebSocket, with nothing on the disk but its configuration. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { hasApt, installWithApt, onPath } from '../programs.js'

/** @returns {string} The program, installed first where that can be done. */
export function provideMosquitto() {
  const present = onPath('mosquitto')
  if (present !== undefined) return present
  if (hasApt()) installWithApt(['mosquitto'])
  const installed = onPath('mosquitto')
  if (installed !== undefined) return installed
  throw new Error(
    'mosquitto is missing: install it ("apt-get install --no-install-recommends mosquitto" as root on Debian or Ubuntu, "brew install mosquitto" on macOS), built with websockets.',
  )
}

/** It ends with this process, however that ends, because the pipe that the shell reads then closes. */
const guard = 'exec 4<&0; (read -r _ <&4; kill $$) >/dev/null 2>&1 & exec "$@" </dev/null 4<&-'

const isWindows = process.platform === 'win32'

/** Windows has no such shell. If this process is killed there, the broker goes on running. */
const around = isWindows ? [] : ['/bin/sh', '-c', guard, 'guard']

/** @typedef {{ url: string, ended: Promise<number | null>, stop: () => Promise<void> }} Broker */

/**
 * @param {{ host: string, port: number }} address Port 0 is any that is free.
 * @returns {Promise<Broker>} When it takes connections.
 */
export async function startMosquitto({ host, port }) {
  const program = provideMosquitto()
  const chosen = port || (await freePort(host))
  const directory = mkdtempSync(join(tmpdir(), 'mtm-broker-'))
  // Started by root, it becomes a user of its own before it makes the socket.
  chmodSync(directory, 0o1777)
  const file = join(directory, 'mosquitto.conf')
  writeFileSync(file, configuration({ directory, host, port: chosen }))
  const command = [...around, program, '-c', file]
  const child = spawn(command[0] ?? program, command.slice(1), { stdio: ['pipe', 'ignore', 'pipe'] })
  /** @type {Promise<number | null>} */
  const ended = once(child, 'exit').then(([code]) => {
    rmSync(directory, { recursive: true, force: true })
    child.stdin.destroy()
    return code
  })
  const { runs, lines } = await untilRunning(child.stderr)
  if (!runs) {
    await ended
    throw new Error(`${program} does not start:\n${lines.join('\n')}`)
  }
  const stop = async () => {
    child.kill()
    await ended
  }
  return { url: `ws://${host === '0.0.0.0' ? '127.0.0.1' : host}:${chosen}`, ended, stop }
}

/**
 * Debian's build does not start with WebSocket listeners alone, hence the socket in the directory; and it listens
 * everywhere unless it is told which family of addresses. Whoever is away for a while finds all that came: the
 * default is 1,000 messages.
 *
 * @param {{ directory: string, host: string, port: number }} place
 */
const configuration = ({ directory, host, port }) => `${isWindows ? '' : `listener 0 ${directory}/socket`}
listener ${port} ${host}
socket_domain ipv4
protocol websockets
allow_anonymous true
persistence false
max_queued_messages 100000
log_dest stderr
log_type error
log_type warning
log_type information
`

/**
 * @param {import('node:stream').Readable} stderr
 * @returns {Promise<{ runs: boolean, lines: readonly string[] }>}
 */
function untilRunning(stderr) {
  /** @type {string[]} */
  const lines = []
  return new Promise((resolve) => {
    // Read to the end: an unread pipe would block it once it is full.
    createInterface(stderr)
      .on('line', (line) => {
        lines.push(line)
        if (/mosquitto version .* running/.test(line)) resolve({ runs: true, lines })
      })
      .on('close', () => resolve({ runs: false, lines }))
  })
}

/**
 * @param {string} host
 * @returns {Promise<number>}
 */
async function freePort(host) {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('there is no free port')
  server.close()
  await once(server, 'close')
  return address.port
}
