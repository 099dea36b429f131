/** What an idle tab or worker hears of the others, and which keys it uses afterwards. */

import { type At, type Outcome, receive } from './inboxes.js'

let heard = 0

/** Hears what inboxes tell each other of this database, after the inbox that is open here. */
export function listenToChanges(database: string): void {
  heard = 0
  new BroadcastChannel(`mls-targeted-messages ${database}`).addEventListener('message', () => {
    heard++
  })
}

/** How long a change that was made may be on its way, in milliseconds: no limit of the tests, but what is promised. */
const PROMISED = 1000

/** Resolves when this many changes were heard, and rejects if that takes longer than it may. */
export async function heardChanges(count: number): Promise<void> {
  const late = AbortSignal.timeout(PROMISED)
  while (heard < count) {
    late.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** From now on, nobody hears of changes that are made here. */
export function tellNobody(): void {
  BroadcastChannel.prototype.postMessage = () => {}
}

/** What became of a message, and how often a key was used for it. */
export async function receiveCounting(given: {
  readonly at: At
  readonly message: string
}): Promise<{ outcome: Outcome; keyUses: number }> {
  let keyUses = 0
  const { sign, decrypt, deriveBits, deriveKey, unwrapKey } = SubtleCrypto.prototype
  const originals = { sign, decrypt, deriveBits, deriveKey, unwrapKey }
  for (const [name, original] of Object.entries(originals)) {
    Object.assign(SubtleCrypto.prototype, {
      [name](this: SubtleCrypto, ...values: unknown[]): unknown {
        keyUses++
        return Reflect.apply(original, this, values)
      },
    })
  }
  try {
    return { outcome: await receive(given), keyUses }
  } finally {
    Object.assign(SubtleCrypto.prototype, originals)
  }
}
