import { defineBrowserProvider } from '@vitest/browser'
import type { BrowserProvider } from 'vitest/node'
import { launch } from '../driver/launch.js'
import type { LaunchedBrowser } from '../driver/page-driver.js'
import { engineNamed, engineNames } from '../engines/table.js'

const mocksNothing = (): Promise<void> => Promise.reject(new Error('no module is mocked in a browser'))

/** Vitest's pages in the browsers that the suite drives: Playwright has no driver for a distribution's WebKit. */
class DrivenBrowser implements BrowserProvider {
  readonly name = 'driven'
  /** The engines run side by side. Vitest asks that of a provider that mocks modules in the browser, too. */
  readonly supportsParallelism = true
  readonly mocker = { register: mocksNothing, delete: mocksNothing, clear: () => Promise.resolve() }
  #browser: Promise<LaunchedBrowser> | undefined

  constructor(readonly engine: string) {}

  getCommandsContext(): Record<string, unknown> {
    return {}
  }

  async openPage(_sessionId: string, url: string): Promise<void> {
    this.#browser ??= launch(engineNamed(this.engine).name)
    const page = await (await this.#browser).newPage()
    await page.open(url)
  }

  async close(): Promise<void> {
    // The global setup's end may have been first.
    await (await this.#browser)?.close().catch(() => undefined)
  }
}

export const driven = defineBrowserProvider({
  name: 'driven',
  supportedBrowser: engineNames,
  options: {},
  providerFactory: (project) => new DrivenBrowser(project.config.browser.name),
})
