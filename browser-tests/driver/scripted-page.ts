import type { EngineName } from '../engines/table.js'
import type { Json, LaunchedBrowser, PageDriver, WaitOptions } from './page-driver.js'
import { pageExpression, readOutcome } from './page-script.js'

export const patience = 10_000

/** The initial size of a page, in CSS pixels. */
export const viewport = { width: 1280, height: 720 }

/** What both drivers do in the same way, because it runs in the page. */
export abstract class ScriptedPage implements PageDriver {
  constructor(protected readonly browser: LaunchedBrowser) {}

  get engine(): EngineName {
    return this.browser.engine
  }

  get version(): string {
    return this.browser.version
  }

  /** Evaluates an expression that resolves to a string. */
  protected abstract evaluate(expression: string): Promise<string>
  abstract open(url: string): Promise<void>
  abstract click(selector: string): Promise<void>
  abstract fill(selector: string, text: string): Promise<void>
  abstract screenshot(path: string): Promise<void>
  abstract resize(width: number, height: number): Promise<void>
  abstract close(): Promise<void>

  run<Result>(fn: () => Result | Promise<Result>): Promise<Result>
  run<Result, Argument extends Json>(
    fn: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>
  async run(fn: (argument: never) => unknown, argument?: Json): Promise<unknown> {
    return readOutcome(await this.evaluate(pageExpression(fn.toString(), argument)))
  }

  newPage(): Promise<PageDriver> {
    return this.browser.newPage()
  }

  async text(selector: string): Promise<string> {
    return this.waitForText(selector, '')
  }

  async waitForText(
    selector: string,
    expected: string | RegExp,
    { timeout = patience }: WaitOptions = {},
  ): Promise<string> {
    const [source, flags] =
      typeof expected === 'string'
        ? [expected.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), '']
        : [expected.source, expected.flags]
    return this.run(textInPage, { selector, source, flags, timeout })
  }

  /** Resolves once the element is there and can be used. */
  protected async whenEnabled(selector: string): Promise<void> {
    await this.run(enabledInPage, { selector, timeout: patience })
  }

  async consoleErrors(): Promise<readonly string[]> {
    return this.run(() => {
      if (globalThis.__console === undefined) {
        throw new Error(`${location.href} did not load /__console.js, so its errors are unknown`)
      }
      return globalThis.__console
    })
  }
}

interface TextWait {
  readonly [key: string]: Json
  readonly selector: string
  readonly source: string
  readonly flags: string
  readonly timeout: number
}

function textInPage({ selector, source, flags, timeout }: TextWait): Promise<string> {
  // innerText: a test asks what a user sees.
  const shown = (): string | undefined => document.querySelector<HTMLElement>(selector)?.innerText
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      const text = shown()
      // A new expression each time: with the flag g, one would remember where it stopped.
      if (text === undefined || !new RegExp(source, flags).test(text)) return
      stop()
      resolve(text)
    }
    const give = (): void => {
      stop()
      const found = shown()
      const page = (): string =>
        `${location.href} shows ${JSON.stringify(document.documentElement.innerText.slice(0, 300))}`
      const instead = found === undefined ? `is not there (${page()})` : `shows ${JSON.stringify(found)}`
      reject(
        new Error(
          `after ${timeout} ms ${selector} ${instead}, not ${source === '' ? 'text' : `/${source}/`}`,
        ),
      )
    }
    const observer = new MutationObserver(settle)
    const timer = setTimeout(give, timeout)
    const stop = (): void => {
      observer.disconnect()
      clearTimeout(timer)
    }
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
    settle()
  })
}

function enabledInPage({ selector, timeout }: { selector: string; timeout: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      const element = document.querySelector(selector)
      if (element === null || element.matches(':disabled')) return
      stop()
      resolve()
    }
    const give = (): void => {
      stop()
      const state = document.querySelector(selector) === null ? 'not there' : 'disabled'
      reject(new Error(`after ${timeout} ms ${selector} is ${state}`))
    }
    const observer = new MutationObserver(settle)
    const timer = setTimeout(give, timeout)
    const stop = (): void => {
      observer.disconnect()
      clearTimeout(timer)
    }
    observer.observe(document, { subtree: true, childList: true, attributes: true })
    settle()
  })
}
