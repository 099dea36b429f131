/** Browsers in which an origin may store little. Each engine has its own way, and all of them are real limits. */

import { statfs } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { BrowserContext } from '@playwright/test'
import { launch } from '../driver/launch.js'
import type { LaunchedBrowser, PageDriver } from '../driver/page-driver.js'
import { findEngine } from '../engines/find.js'
import type { EngineName } from '../engines/table.js'

export interface SmallQuota {
  /** A page that is open, with less than `bytes` to store in. */
  readonly page: PageDriver
  /** Returns a page of the same profile that has room again. */
  release(): Promise<PageDriver>
  close(): Promise<void>
}

interface Options {
  readonly profile: string
  readonly pageUrl: string
  /** A page of the same origin that has `inboxTasks`. */
  readonly tasksUrl: string
  readonly bytes: number
}

export const smallQuota: Readonly<Record<EngineName, (options: Options) => Promise<SmallQuota>>> = {
  chromium: async ({ profile, pageUrl, bytes }) => {
    const browser = await launch('chromium', { profile })
    const page = await openPage(browser, pageUrl)
    const setQuota = await quotaSetter(browser, new URL(pageUrl).origin)
    await setQuota(bytes)
    const release = async (): Promise<PageDriver> => {
      await setQuota(undefined)
      return page
    }
    return { page, release, close: () => browser.close() }
  },

  firefox: async ({ profile, pageUrl, tasksUrl, bytes }) => {
    const browser = await launch('firefox', { profile })
    const page = await openPage(browser, pageUrl)
    const filler = await openPage(browser, tasksUrl)
    // A file of the origin's, as large as the engine lets it grow; it takes no room on the disk.
    await filler.run((leave) => inboxTasks.inWorker('dedicated worker', { task: 'fillQuota', leave }), bytes)
    const release = async (): Promise<PageDriver> => {
      await filler.run(() => inboxTasks.inWorker('dedicated worker', { task: 'releaseQuota' }))
      return page
    }
    return { page, release, close: () => browser.close() }
  },

  webkit: async ({ profile, pageUrl, bytes }) => {
    const { blocks, bsize } = await statfs(profile)
    const limited = await withVariables(
      {
        GJS_PATH: fileURLToPath(new URL('./gjs/', import.meta.url)),
        MTM_ORIGIN_STORAGE_RATIO: `${bytes / (blocks * bsize)}`,
      },
      () => launch('webkit', { profile }),
    )
    let browser = limited
    const release = async (): Promise<PageDriver> => {
      await limited.close()
      browser = await launch('webkit', { profile })
      return openPage(browser, pageUrl)
    }
    return { page: await openPage(limited, pageUrl), release, close: () => browser.close() }
  },
}

/** Playwright's own WebKit takes no limit from outside; a distribution's takes it through our small browser. */
export const canLimit = (engine: EngineName): boolean =>
  engine !== 'webkit' || findEngine(engine)?.source === 'distribution'

async function openPage(browser: LaunchedBrowser, url: string): Promise<PageDriver> {
  const page = await browser.newPage()
  await page.open(url)
  return page
}

/** The page driver cannot do this, but Chromium's own protocol can. */
async function quotaSetter(
  browser: LaunchedBrowser,
  origin: string,
): Promise<(bytes: number | undefined) => Promise<void>> {
  const context: BrowserContext | undefined = Reflect.get(browser, 'context')
  const [page] = context?.pages() ?? []
  if (context === undefined || page === undefined) throw new Error('Chromium is not driven by Playwright')
  const session = await context.newCDPSession(page)
  return async (quotaSize) => {
    await session.send('Storage.overrideQuotaForOrigin', {
      origin,
      ...(quotaSize === undefined ? {} : { quotaSize }),
    })
  }
}

async function withVariables<T>(
  variables: Readonly<Record<string, string>>,
  action: () => Promise<T>,
): Promise<T> {
  Object.assign(process.env, variables)
  try {
    return await action()
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name]
  }
}
