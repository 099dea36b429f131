import type { BrowserContext } from '@playwright/test'
import type { LaunchedBrowser } from '../driver/page-driver.js'

/** Has Chromium deliver a push to the only worker of an origin, as a push service's arrives. Others have no way. */
export async function realPush(browser: LaunchedBrowser, origin: string, data: string): Promise<void> {
  const context: BrowserContext | undefined = Reflect.get(browser, 'context')
  const [page] = context?.pages() ?? []
  if (context === undefined || page === undefined) throw new Error('Chromium is not driven by Playwright')
  const session = await context.newCDPSession(page)
  const found = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { scopeURL, registrationId } of registrations) {
        if (scopeURL.startsWith(`${origin}/`)) resolve(registrationId)
      }
    })
  })
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await found, data })
  await session.detach()
}
