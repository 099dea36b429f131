/** Runs `action`, gives the engine time to notice, and returns the rejections that nobody handled. */
export async function unhandledRejections(action: () => Promise<unknown>): Promise<unknown[]> {
  const reasons: unknown[] = []
  const stop = watch((reason) => reasons.push(reason))
  try {
    await action()
    await new Promise((resolve) => setTimeout(resolve, 20))
  } finally {
    stop()
  }
  return reasons
}

/** In Node or in a page; returns what ends it. */
function watch(note: (reason: unknown) => void): () => void {
  if (globalThis.process !== undefined) {
    process.on('unhandledRejection', note)
    return () => process.off('unhandledRejection', note)
  }
  const listener = (event: PromiseRejectionEvent): void => {
    event.preventDefault()
    note(event.reason)
  }
  addEventListener('unhandledrejection', listener)
  return () => removeEventListener('unhandledrejection', listener)
}
