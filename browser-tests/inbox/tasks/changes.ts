/** What an idle tab hears of the others, and which keys it uses afterwards. */

import { type At, type Outcome, receive } from './inboxes.js'

const heard: number[] = []

/** Hears what inboxes tell each other of this database, after the inbox that is open here. */
export function listenToChanges(database: string): void {
  heard.length = 0
  new BroadcastChannel(`mls-targeted-messages ${database}`).addEventListener('message', () => {
    heard.push(Date.now())
  })
}

/** Resolves when this many changes were heard: to when it heard the last of them, in milliseconds since 1970. */
export async function heardChanges(count: number): Promise<number> {
  while (heard.length < count) await new Promise((resolve) => setTimeout(resolve, 5))
  return heard[count - 1] ?? 0
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
