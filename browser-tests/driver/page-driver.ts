/** What a test sees of a browser, whichever way it is driven. */

import type { EngineName } from '../engines/table.js'

/** What survives JSON: an argument is checked by the compiler, a result is whatever JSON makes of it. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

export interface WaitOptions {
  /** Milliseconds; 10,000 unless given. */
  readonly timeout?: number
}

export interface PageDriver {
  readonly engine: EngineName
  readonly version: string
  /** Loads the page and waits for its load event. Console errors are counted from here. */
  open(url: string): Promise<void>
  /**
   * Runs the function in the page. Only its source is sent, so it sees its argument and the page's globals, but nothing of
   * the test file. Argument and result are sent as JSON. An error rejects with the same name, message and, if it is a
   * string, code. Chromium lifts the page's ban on `eval` while this runs, so what a Content-Security-Policy forbids is
   * tested by a script that the page itself loads.
   */
  run<Result>(fn: () => Result | Promise<Result>): Promise<Result>
  run<Result, Argument extends Json>(
    fn: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>
  /** Waits until the element is there and enabled, then clicks as a user does. */
  click(selector: string): Promise<void>
  /** Replaces what the field holds. */
  fill(selector: string, text: string): Promise<void>
  /** The element's text as shown, once the element is there. */
  text(selector: string): Promise<string>
  /** Waits until the element's text holds the string or matches; returns the text. */
  waitForText(selector: string, expected: string | RegExp, options?: WaitOptions): Promise<string>
  /** Writes what the window shows as a PNG. */
  screenshot(path: string): Promise<void>
  /**
   * console.error, uncaught errors, unhandled rejections, resources that did not load and violations of the
   * Content-Security-Policy since `open`, one line each. A page that another replaced through a link takes its lines
   * with it. Throws if the page did not come from our server, which adds the script that collects them.
   */
  consoleErrors(): Promise<readonly string[]>
  /** Sets the size of the viewport in CSS pixels. */
  resize(width: number, height: number): Promise<void>
  /** Another page of the same browser and profile. */
  newPage(): Promise<PageDriver>
  close(): Promise<void>
}

export interface LaunchedBrowser {
  readonly engine: EngineName
  readonly version: string
  /** Where the browser keeps its data on disk. */
  readonly profile: string
  newPage(): Promise<PageDriver>
  /**
   * Closes every open page but one, which is emptied for the next `newPage`, because opening a page takes as long as some
   * tests. The browser goes on running.
   */
  closePages(): Promise<void>
  /** Ends the browser cleanly. Does nothing if it is gone. */
  close(): Promise<void>
  /** Ends all processes of the browser at once, as a crash or a power cut does. */
  kill(): Promise<void>
}

export interface LaunchOptions {
  /** A directory that outlives the browser; without it the profile is new and removed at the end. */
  readonly profile?: string
}
