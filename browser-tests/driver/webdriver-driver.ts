import { writeFile } from 'node:fs/promises'
import { By, type WebDriver } from 'selenium-webdriver'
import type { FoundEngine } from '../engines/find.js'
import type { LaunchedBrowser, LaunchOptions, PageDriver } from './page-driver.js'
import { killTrees } from './processes.js'
import { openProfile, type Profile } from './profile.js'
import { patience, ScriptedPage, viewport } from './scripted-page.js'
import { startSession, type WebDriverSession } from './webdriver-session.js'

export async function launchWithWebDriver(
  engine: FoundEngine,
  options: LaunchOptions,
): Promise<LaunchedBrowser> {
  const profile = openProfile(options.profile)
  try {
    const session = await startSession({ driverPath: engine.path, profile: profile.directory })
    return new WebDriverBrowser(session, profile, await session.driver.getWindowHandle())
  } catch (error) {
    profile.discard()
    throw error
  }
}

class WebDriverBrowser implements LaunchedBrowser {
  readonly engine = 'webkit'
  readonly version: string
  readonly profile: string
  readonly #pages = new Set<WebDriverPage>()
  /** The page that `closePages` emptied. */
  #spare: WebDriverPage | undefined
  #last: Promise<unknown> = Promise.resolve()
  #current: string
  #running = true

  constructor(
    private readonly session: WebDriverSession,
    private readonly ownProfile: Profile,
    /** Closing a session's last window ends it, so the one it begins with stays. */
    private readonly firstWindow: string,
  ) {
    this.version = session.version
    this.profile = ownProfile.directory
    this.#current = firstWindow
  }

  /**
   * A session speaks to one window at a time: commands of different pages take turns, each with its own window.
   */
  inWindow<Result>(handle: string, command: (driver: WebDriver) => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(async () => {
      if (this.#current !== handle) await this.session.driver.switchTo().window(handle)
      this.#current = handle
      return command(this.session.driver)
    })
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async newPage(): Promise<PageDriver> {
    const page = this.#spare ?? (await this.#openPage())
    this.#spare = undefined
    this.#pages.add(page)
    return page
  }

  async #openPage(): Promise<WebDriverPage> {
    const handle = await this.inWindow(this.firstWindow, async (driver) => {
      await driver.switchTo().newWindow('window')
      this.#current = await driver.getWindowHandle()
      return this.#current
    })
    return new WebDriverPage(this, handle)
  }

  async closePage(page: WebDriverPage): Promise<void> {
    if (!this.#running || !this.#pages.delete(page)) return
    await this.inWindow(page.handle, async (driver) => {
      await driver.close()
      await driver.switchTo().window(this.firstWindow)
      this.#current = this.firstWindow
    })
  }

  async closePages(): Promise<void> {
    const [first, ...others] = this.#pages
    for (const page of others) await this.closePage(page)
    await first?.empty()
    this.#spare = first ?? this.#spare
    this.#pages.clear()
  }

  async close(): Promise<void> {
    if (!this.#running) return
    this.#running = false
    await this.#last
    await this.session.driver.quit().catch(() => undefined)
    await this.session.stop()
    this.ownProfile.discard()
  }

  async kill(): Promise<void> {
    this.#running = false
    await killTrees(({ pid }) => pid === this.session.driverPid)
    await this.session.stop()
    this.ownProfile.discard()
  }
}

const LOADED = "return location.href !== 'about:blank' && document.readyState === 'complete'"

class WebDriverPage extends ScriptedPage {
  #runs = 0

  constructor(
    private readonly owner: WebDriverBrowser,
    readonly handle: string,
  ) {
    super(owner)
  }

  async open(url: string): Promise<void> {
    await this.owner.inWindow(this.handle, async (driver) => {
      await driver.get(url)
      // The first page of a new browser sometimes counts as loaded before its scripts have run.
      await driver.wait(() => driver.executeScript<boolean>(LOADED), patience)
    })
  }

  /**
   * A script that waits holds the whole session. So the expression is started and left with the page, and asked for
   * in short turns between which other pages get theirs: two pages can talk to each other.
   */
  protected async evaluate(expression: string): Promise<string> {
    this.#runs += 1
    const run = this.#runs
    const start = `(globalThis.__runs ??= new Map()).set(${run}, ${expression});`
    let answer = await this.#ask(`${start}${collect(run)}`)
    while (answer.outcome === undefined) {
      if (answer.gone) throw new Error('the page went away while a function ran in it')
      answer = await this.#ask(collect(run))
    }
    return answer.outcome
  }

  #ask(script: string): Promise<{ readonly outcome?: string; readonly gone?: true }> {
    return this.owner.inWindow(this.handle, (driver) => driver.executeAsyncScript(script))
  }

  async click(selector: string): Promise<void> {
    await this.whenEnabled(selector)
    await this.owner.inWindow(this.handle, (driver) => driver.findElement(By.css(selector)).click())
  }

  /** All at once, as Playwright does it: single keys take seconds for a long text. */
  async fill(selector: string, text: string): Promise<void> {
    await this.whenEnabled(selector)
    await this.run(fillInPage, { selector, text })
  }

  async screenshot(path: string): Promise<void> {
    // WebKit photographs the last frame, which after a change of size is still the old one.
    await this.run(framesInPage)
    const png = await this.owner.inWindow(this.handle, (driver) => driver.takeScreenshot())
    await writeFile(path, png, 'base64')
  }

  /** WebDriver sizes the window, not the viewport; in our browser the two differ by nothing, which is checked. */
  async resize(width: number, height: number): Promise<void> {
    await this.#setRect({ width, height })
    await this.run(sizeInPage, { width, height })
  }

  async empty(): Promise<void> {
    await this.owner.inWindow(this.handle, (driver) => driver.get('about:blank'))
    await this.#setRect(viewport)
  }

  async #setRect(size: typeof viewport): Promise<void> {
    await this.owner.inWindow(this.handle, (driver) =>
      driver
        .manage()
        .window()
        .setRect({ x: 0, y: 0, ...size }),
    )
  }

  close(): Promise<void> {
    return this.owner.closePage(this)
  }
}

/** The outcome is removed from the page when it is fetched, not when it is ready, because a turn may just have ended. */
function collect(run: number): string {
  return `
const done = arguments[arguments.length - 1];
const pending = globalThis.__runs?.get(${run});
if (pending === undefined) done({ gone: true });
else Promise.race([
  pending.then((outcome) => ({ outcome })),
  new Promise((resolve) => setTimeout(resolve, 50, {})),
]).then((answer) => {
  if ('outcome' in answer) globalThis.__runs.delete(${run});
  done(answer);
});`
}

function fillInPage({ selector, text }: { selector: string; text: string }): void {
  const field = document.querySelector(selector)
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) {
    throw new Error(`${selector} is no field for text`)
  }
  field.focus()
  field.value = text
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }))
}

function framesInPage(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
  })
}

function sizeInPage({ width, height }: { width: number; height: number }): Promise<void> {
  const fits = (): boolean => innerWidth === width && innerHeight === height
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      if (!fits()) return
      clearTimeout(timer)
      removeEventListener('resize', settle)
      resolve()
    }
    const timer = setTimeout(() => {
      removeEventListener('resize', settle)
      reject(new Error(`the viewport is ${innerWidth} by ${innerHeight}, not ${width} by ${height}`))
    }, 5_000)
    addEventListener('resize', settle)
    settle()
  })
}
