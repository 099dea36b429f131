/** What only Chromium's own protocol can do, and the page driver cannot. */

import type { BrowserContext, CDPSession } from '@playwright/test'
import type { LaunchedBrowser } from '../driver/page-driver.js'

export async function allowNotifications(browser: LaunchedBrowser, origin: string): Promise<void> {
  await contextOf(browser).grantPermissions(['notifications'], { origin })
}

/** Delivers a push to the only worker of an origin, as one of a push service arrives. It can be text alone. */
export async function realPush(browser: LaunchedBrowser, origin: string, data: string): Promise<void> {
  const context = contextOf(browser)
  const [page] = context.pages()
  if (page === undefined) throw new Error('the browser has no page')
  const session = await context.newCDPSession(page)
  const registrationId = await registrationOf(session, origin)
  await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data })
  await session.detach()
}

/** Chromium tells of all registrations once it is asked to tell of changes. */
function registrationOf(session: CDPSession, origin: string): Promise<string> {
  return new Promise((resolve, reject) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const found = registrations.find(({ scopeURL }) => scopeURL.startsWith(`${origin}/`))
      if (found !== undefined) resolve(found.registrationId)
    })
    session.send('ServiceWorker.enable').catch(reject)
  })
}

function contextOf(browser: LaunchedBrowser): BrowserContext {
  const context: BrowserContext | undefined = Reflect.get(browser, 'context')
  if (context === undefined) throw new Error('Chromium is not driven by Playwright')
  return context
}
