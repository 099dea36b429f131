/** The part of a service worker's global scope that is used here. TypeScript's types for pages do not have it. */

interface ExtendableEvent extends Event {
  waitUntil(done: Promise<unknown>): void
}

/** What a push service delivers. */
export interface PushEvent extends ExtendableEvent {
  readonly type: 'push'
  readonly data: { arrayBuffer(): ArrayBuffer } | null
}

/** What a page posts. */
export interface PostEvent extends ExtendableEvent {
  readonly type: 'message'
  readonly data: unknown
  readonly ports: readonly MessagePort[]
}

interface NotificationEvent extends ExtendableEvent {
  readonly notification: Notification
}

interface Events {
  install: ExtendableEvent
  push: PushEvent
  message: PostEvent
  notificationclick: NotificationEvent
}

export interface WorkerScope {
  readonly registration: ServiceWorkerRegistration
  readonly clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly { url: string }[]>
    openWindow(url: string): Promise<unknown>
  }
  skipWaiting(): Promise<void>
  addEventListener<T extends keyof Events>(type: T, listener: (event: Events[T]) => void): void
}
