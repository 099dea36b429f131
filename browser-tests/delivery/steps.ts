/** What the delivery tests do in a page. */

import type { PageDriver } from '../fixtures.js'
import { openSuitePage } from '../package/served.js'
import type { Heard } from './tasks.js'

export interface Place {
  readonly url: string
  readonly room: string
  readonly search?: string
  readonly cursor?: string
}

export async function enter(page: PageDriver, { url, ...where }: Place): Promise<void> {
  await openSuitePage(page, url)
  await page.run((given) => deliveryTasks.enter(given), where)
}

export const publish = (page: PageDriver, texts: readonly string[]): Promise<void> =>
  page.run((given) => deliveryTasks.publish(given), texts)

/** Everything heard since the page entered, once it is that many. */
export const hear = (page: PageDriver, count: number): Promise<readonly Heard[]> =>
  page.run((given) => deliveryTasks.hear(given), count)

export const textsHeard = async (page: PageDriver, count: number): Promise<readonly string[]> =>
  (await hear(page, count)).map(({ text }) => text)

export const become = (page: PageDriver, status: 'connecting' | 'online' | 'offline'): Promise<void> =>
  page.run((given) => deliveryTasks.become(given), status)

export const texts = (from: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${from} ${i}`)
