/// <reference types="vite/client" />

/** The part of Trusted Types that is used here. TypeScript does not know them. */
declare global {
  var trustedTypes:
    | {
        createPolicy(
          name: string,
          rules: { createScriptURL(url: string): string },
        ): { createScriptURL(url: string): string }
      }
    | undefined
}

const worker = 'offline-worker.js'

/** Registers the worker that keeps this build, so that the page opens without a network. The dev server has no build. */
export async function keepOffline(): Promise<void> {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return
  // The page's policy lets no other script in.
  const policy = globalThis.trustedTypes?.createPolicy('offline-worker', { createScriptURL: () => worker })
  await navigator.serviceWorker.register(policy?.createScriptURL(worker) ?? worker)
}
