/** Runs `action`, gives the engine time to notice, and returns the rejections that nobody handled. */
export async function unhandledRejections(action: () => Promise<unknown>): Promise<unknown[]> {
  const reasons: unknown[] = []
  const note = (reason: unknown) => {
    reasons.push(reason)
  }
  process.on('unhandledRejection', note)
  try {
    await action()
    await new Promise((resolve) => setTimeout(resolve, 20))
  } finally {
    process.off('unhandledRejection', note)
  }
  return reasons
}
