/** For how long calls may follow each other before the thread is let go; in milliseconds. */
const LONGEST = 8

let latest = 0
let pause: Promise<void> | undefined

/**
 * Does `action`, now or in a task to come: Chromium answers SubtleCrypto at once, curve operations too, so that a
 * thousand messages would be a single task, in which a page can do nothing else. To be called right before what takes
 * long. Whoever waits looks at the clock again, in the order of their coming: all that are in flight at once might take
 * too long together.
 */
export function breathe<T>(action: () => Promise<T>): Promise<T> {
  if (performance.now() - latest < LONGEST) return action()
  pause ??= nextTask()
  return pause.then(() => breathe(action))
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
