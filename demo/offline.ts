/// <reference types="vite/client" />

/** Registers the worker that keeps this build, so that the page opens without a network. The dev server has no build. */
export async function keepOffline(): Promise<void> {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register('offline-worker.js')
}
