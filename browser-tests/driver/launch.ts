import { findEngine } from '../engines/find.js'
import { type EngineName, engineTable } from '../engines/table.js'
import type { LaunchedBrowser, LaunchOptions } from './page-driver.js'
import { launchWithPlaywright } from './playwright-driver.js'
import { launchWithWebDriver } from './webdriver-driver.js'

/** Starts the engine that the global setup found or installed. */
export async function launch(name: EngineName, options: LaunchOptions = {}): Promise<LaunchedBrowser> {
  const engine = findEngine(name)
  if (engine === undefined) {
    throw new Error(`${name} is gone: install ${engineTable[name].packages.join(' ')} or Playwright's build`)
  }
  return engine.name === 'webkit' && engine.source === 'distribution'
    ? launchWithWebDriver(engine, options)
    : launchWithPlaywright(engine, options)
}
