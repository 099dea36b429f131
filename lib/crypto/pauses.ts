/** For how long calls may hold the thread before it is let go; in milliseconds. */
const LONGEST = 8

let held = 0
let pause: Promise<void> | undefined

/**
 * Does `action`, now or in a task to come: Chromium answers SubtleCrypto at once, curve operations too, so that a
 * thousand messages would be a single task, in which a page can do nothing else. Other engines work in other threads, and
 * need hardly a pause. Whoever waits asks again, in the order of their coming: all that are in flight might together
 * hold the thread for too long.
 */
export function withPauses<T>(action: () => Promise<T>): Promise<T> {
  if (held >= LONGEST) {
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

let turn: Promise<unknown> | undefined

/**
 * {@link withPauses} for an action in JavaScript, which holds the thread after it has returned, too. One at a time: what
 * the others hold would be counted with each.
 */
export function withPausesInTurn<T>(action: () => Promise<T>): Promise<T> {
  const result = Promise.resolve(turn).then(() =>
    withPauses(() => {
      const begin = performance.now()
      return action().finally(() => {
        held += performance.now() - begin
      })
    }),
  )
  turn = result.catch(() => {})
  return result
}

/**
 * By a message, because engines slow down timers that set timers; over a new channel each time, because Node hands over
 * in one task whatever comes over one.
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
