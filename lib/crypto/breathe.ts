/** For how long messages may follow each other before the thread is let go; in milliseconds. */
const LONGEST = 16

let latest = 0
let pause: Promise<void> | undefined

/**
 * Lets the thread go after a while. Chromium answers short calls of SubtleCrypto at once, so that a thousand messages
 * one after another would be a single task, in which a page can do nothing else. Messages in flight wait together: by
 * turns they would keep others waiting for a turn of each.
 */
export function breathe(): Promise<void> | undefined {
  if (performance.now() - latest < LONGEST) return
  pause ??= nextTask()
  return pause
}

/** By a message, because engines slow down timers that set timers. */
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      pause = undefined
      latest = performance.now()
      resolve()
    }
    port2.postMessage(0)
  })
