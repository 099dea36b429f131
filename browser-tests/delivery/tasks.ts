/** What the delivery tests ask of a page: one service for each page. */

import type { DeliveryService } from '../../demo/delivery/delivery-service.js'
import { openDelivery } from '../../demo/delivery/open-delivery.js'

declare global {
  var deliveryTasks: typeof import('./tasks.js')
}

export interface Heard {
  readonly text: string
  readonly cursor: string
}

let opened: DeliveryService | undefined
const heard: Heard[] = []
const waiting: { count: number; resolve: () => void }[] = []

function service(): DeliveryService {
  if (opened === undefined) throw new Error('enter comes first')
  return opened
}

/** The handler takes its time now and then, so that parcels would overtake each other if they were not in line. */
export async function enter(where: {
  readonly room: string
  readonly search?: string
  readonly cursor?: string
}): Promise<void> {
  opened = await openDelivery(new URLSearchParams(where.search), where.room)
  opened.subscribe(where.cursor, async ({ parcels }) => {
    if (heard.length % 5 === 0) await new Promise((resolve) => setTimeout(resolve))
    for (const { bytes, cursor } of parcels) heard.push({ text: new TextDecoder().decode(bytes), cursor })
    for (const { count, resolve } of waiting) if (heard.length >= count) resolve()
  })
}

export async function publish(texts: readonly string[]): Promise<void> {
  for (const text of texts) await service().publish([posted(text)])
}

/** Publishes one parcel several times, as a page does that was closed before it knew. */
export async function publishAgain(text: string, times: number): Promise<void> {
  const parcel = posted(text)
  for (let i = 0; i < times; i++) await service().publish([parcel])
}

const posted = (text: string) => ({ id: crypto.randomUUID(), bytes: new TextEncoder().encode(text) })

/** Resolves with all parcels once there are `count`. */
export async function hear(count: number): Promise<readonly Heard[]> {
  if (heard.length < count) await new Promise<void>((resolve) => waiting.push({ count, resolve }))
  return heard
}

export const close = (): Promise<void> => service().close()

/** Resolves when the service has that status. */
export async function become(status: DeliveryService['status']): Promise<void> {
  if (service().status === status) return
  await new Promise<void>((resolve) => {
    const forget = service().onStatus((now) => {
      if (now !== status) return
      forget()
      resolve()
    })
  })
}
