/**
 * How long calls may hold the thread before other tasks get a turn; in milliseconds. Shorter turns cost seal and open more than
 * they give to IndexedDB.
 */
export const LONGEST_TURN = 4

let held = 0
let pause: Promise<void> | undefined

/**
 * Runs `action` now, or in a later task if calls have held the thread for too long. Chromium runs SubtleCrypto, curve
 * operations included, on the calling thread, so a thousand messages would be a single task, in which a page can do nothing
 * else. Other engines work in other threads and hardly need a pause. Waiting calls go one by one, in their order, because
 * all of them together might hold the thread for too long again.
 */
export function withPauses<T>(action: () => Promise<T>): Promise<T> {
  if (held >= LONGEST_TURN) {
    pause ??= nextTask().then(() => {
      pause = undefined
      held = 0
    })
    return pause.then(() => withPauses(action))
  }
  const begin = performance.now()
  const result = action()
  held += performance.now() - begin
  return result
}

let turn: Promise<void> | undefined

/**
 * {@link withPauses} for an action in JavaScript, which goes on holding the thread after it has returned its promise. One at a
 * time, because otherwise the time of the others would be counted as well.
 */
export function withPausesInTurn<T>(action: () => Promise<T>): Promise<T> {
  let begin = 0
  const result = Promise.resolve(turn).then(() =>
    withPauses(() => {
      const promise = action()
      // What came before was counted.
      begin = performance.now()
      return promise
    }),
  )
  const end = (): void => {
    held += performance.now() - begin
  }
  // Not the result itself, which may be a secret: this is kept until the next turn.
  turn = result.then(end, end)
  return result
}

/**
 * By a message, because engines slow down timers that set timers. Over a new channel each time, because Node delivers all
 * messages of one channel in the same task.
 */
export const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(0)
  })
