/** A distribution's WebKit under WebDriver: its display, its driver, its session, and the end of all three. */

import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { Builder, type WebDriver } from 'selenium-webdriver'
import { onPath } from '../../scripts/programs.js'
import { webkitBrowser } from '../engines/version.js'
import { type Guarded, startGuarded } from './processes.js'

export interface WebDriverSession {
  readonly driver: WebDriver
  readonly version: string
  /** Stops driver and display; the browser is the driver's child, and ends with it. */
  stop(): Promise<void>
  /** The WebDriver process, whose descendants are the browser. */
  readonly driverPid: number
}

const patience = 20_000

/** Without a graphics card, rendering threads would only wait for each other. */
const surroundings = { GDK_BACKEND: 'x11', LP_NUM_THREADS: '0' }

export async function startSession(options: {
  driverPath: string
  profile: string
}): Promise<WebDriverSession> {
  const started: Guarded[] = []
  const stop = async (): Promise<void> => {
    for (const guarded of started.reverse()) await guarded.stop()
  }
  try {
    const xvfb = startGuarded({
      command: onPath('Xvfb') ?? 'Xvfb',
      args: ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'],
    })
    started.push(xvfb)
    const display = await announced(xvfb, 'Xvfb')

    const port = await freePort()
    const webdriver = startGuarded({
      command: options.driverPath,
      args: ['--host=127.0.0.1', `--port=${port}`],
      env: { ...process.env, ...surroundings, DISPLAY: `:${display}` },
    })
    started.push(webdriver)
    const url = `http://127.0.0.1:${port}`
    await answers(webdriver, url, options.driverPath)

    const driver = await new Builder()
      .disableEnvironmentOverrides()
      .usingServer(url)
      .withCapabilities({
        browserName: 'mls-targeted-messages',
        'webkitgtk:browserOptions': {
          binary: onPath('gjs') ?? 'gjs',
          args: ['-m', webkitBrowser, options.profile],
        },
      })
      .build()
    // The test runner decides how long a test may take.
    await driver.manage().setTimeouts({ script: 600_000 })
    const version = (await driver.getCapabilities()).getBrowserVersion() ?? 'unknown'
    return { driver, version, stop, driverPid: webdriver.pid }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Xvfb chooses a free display and writes its number to descriptor 3: no two suites get in each other's way. */
async function announced(xvfb: Guarded, name: string): Promise<string> {
  const pipe = xvfb.child.stdio[3] as Readable
  const ended = once(xvfb.child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with ${code} before its display was ready`)
  })
  const [line] = await Promise.race([once(pipe, 'data', { signal: AbortSignal.timeout(patience) }), ended])
  ended.catch(() => undefined)
  return String(line).trim()
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

async function answers(webdriver: Guarded, url: string, name: string): Promise<void> {
  const deadline = Date.now() + patience
  while (webdriver.child.exitCode === null && Date.now() < deadline) {
    const response = await fetch(`${url}/status`).catch(() => undefined)
    if (response?.ok) return
    await delay(20)
  }
  throw new Error(`${name} does not answer at ${url}`)
}
