import type { BrowserContext, Page } from '@playwright/test'
import type { FoundEngine } from '../engines/find.js'
import { type EngineName, engineTable } from '../engines/table.js'
import type { LaunchedBrowser, LaunchOptions, PageDriver } from './page-driver.js'
import { killTrees } from './processes.js'
import { openProfile } from './profile.js'
import { ScriptedPage, viewport } from './scripted-page.js'

const firefoxPreferences = {
  // A page of the same site takes the process of the last one, and need not start its own. Milliseconds.
  'dom.ipc.processReuse.unusedGraceMs': 60_000,
  // Kept for pages that a debugger watches, as the driver does: each `async` function takes three times as long.
  'javascript.options.asyncstack': false,
}

/** The browser makes no requests of its own, and asks the user nothing. */
const chromiumFlags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  // The same rendering on every machine, whatever its graphics card.
  '--disable-gpu',
]

function launchSettings({ name, source, path }: FoundEngine) {
  const settings = { executablePath: path, viewport }
  if (name === 'chromium') {
    // Chromium's sandbox refuses to start as root, and outside of where a distribution allows it.
    const chromiumSandbox = source === 'distribution' && process.getuid?.() !== 0
    return { ...settings, args: chromiumFlags, chromiumSandbox }
  }
  // A distribution's Firefox lacks Playwright's patches; this channel drives it through WebDriver BiDi instead.
  const channel = source === 'distribution' ? { channel: 'moz-firefox' } : {}
  if (name === 'firefox') return { ...settings, ...channel, firefoxUserPrefs: firefoxPreferences }
  return settings
}

export async function launchWithPlaywright(
  engine: FoundEngine,
  options: LaunchOptions,
): Promise<LaunchedBrowser> {
  const profile = openProfile(options.profile)
  const settings = launchSettings(engine)
  try {
    const context = await engineTable[engine.name].playwright.launchPersistentContext(
      profile.directory,
      settings,
    )
    return new PlaywrightBrowser(engine.name, context, profile)
  } catch (error) {
    profile.discard()
    throw error
  }
}

class PlaywrightBrowser implements LaunchedBrowser {
  readonly version: string
  readonly profile: string
  /** The page that a browser opens with is left alone: closing a browser's last page may end it. */
  readonly #pages = new Set<PlaywrightPage>()
  /** The page that `closePages` emptied. */
  #spare: PlaywrightPage | undefined
  #running = true

  constructor(
    readonly engine: EngineName,
    private readonly context: BrowserContext,
    private readonly ownProfile: { directory: string; discard(): void },
  ) {
    this.version = context.browser()?.version() ?? 'unknown'
    this.profile = ownProfile.directory
  }

  async newPage(): Promise<PageDriver> {
    const spare = this.#spare
    this.#spare = undefined
    const page =
      spare ?? new PlaywrightPage(this, await this.context.newPage(), () => this.#pages.delete(page))
    this.#pages.add(page)
    return page
  }

  async closePages(): Promise<void> {
    const [first, ...others] = this.#pages
    for (const page of others) await page.close()
    await first?.empty()
    this.#spare = first ?? this.#spare
    this.#pages.clear()
  }

  async close(): Promise<void> {
    if (!this.#running) return
    this.#running = false
    await this.context.close()
    this.ownProfile.discard()
  }

  async kill(): Promise<void> {
    // Playwright names no process for a profile; the profile's path stands in the browser's arguments.
    await killTrees(({ args }) => args.includes(this.profile))
    this.#running = false
    // Playwright may not have noticed yet; closing what has crashed is an error or not, depending on which comes first.
    await this.context.close().catch(() => undefined)
    this.ownProfile.discard()
  }
}

class PlaywrightPage extends ScriptedPage {
  readonly #reports: string[] = []

  constructor(
    browser: LaunchedBrowser,
    private readonly page: Page,
    closed: () => void,
  ) {
    super(browser)
    page.on('close', closed)
    page.on('console', (message) => {
      if (message.type() === 'error') this.#reports.push(message.text())
    })
    page.on('pageerror', (error) => this.#reports.push(error.message))
  }

  async open(url: string): Promise<void> {
    this.#reports.length = 0
    await this.page.goto(url)
  }

  protected evaluate(expression: string): Promise<string> {
    return this.page.evaluate<string>(expression)
  }

  async click(selector: string): Promise<void> {
    await this.whenEnabled(selector)
    // As a person looks at a page to click on it. A page behind another draws no frames, and Playwright waits for some.
    await this.page.bringToFront()
    await this.page.click(selector)
  }

  async fill(selector: string, text: string): Promise<void> {
    await this.whenEnabled(selector)
    await this.page.fill(selector, text)
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path })
  }

  override async consoleErrors(): Promise<readonly string[]> {
    const collected = await super.consoleErrors()
    // What the browser itself prints never passes through the page's own console.
    const others = this.#reports.filter(
      (report) => !report.includes('/favicon.ico') && !collected.some((line) => line.includes(report)),
    )
    return [...collected, ...others.map((report) => `browser: ${report}`)]
  }

  async resize(width: number, height: number): Promise<void> {
    await this.page.setViewportSize({ width, height })
  }

  async empty(): Promise<void> {
    await this.page.goto('about:blank')
    await this.resize(viewport.width, viewport.height)
  }

  async close(): Promise<void> {
    if (!this.page.isClosed()) await this.page.close()
  }
}
