/** For how long messages may follow each other before the thread is let go; in milliseconds. */
const LONGEST = 16

let began = 0
let latest = 0

/**
 * Lets the thread go after a while. Chromium answers short calls of SubtleCrypto at once, so that a thousand messages
 * one after another would be a single task, in which a page can do nothing else.
 */
export async function breathe(): Promise<void> {
  const now = performance.now()
  // After a pause it is another run of messages.
  if (now - latest > LONGEST) began = now
  latest = now
  if (now - began < LONGEST) return
  await nextTask()
  began = latest = performance.now()
}

/** By a message, because engines slow down timers that set timers. */
function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
