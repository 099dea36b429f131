import { unhex } from '../../tests/support/hex.js'
import type { Library } from './library.js'
import { type MemberJson, memberFromJson } from './member.js'

export type PushSample = {
  /** The sample, a module. */
  readonly code: string
  readonly recipient: MemberJson
  /** Pushed one after another, in hex. */
  readonly messages: readonly string[]
}

/** What the sample did: for each push, the notification and what it kept. */
export type Pushed = { readonly title: string; readonly body: string; readonly kept: readonly string[] }

interface PushEvent {
  readonly data: { arrayBuffer(): ArrayBuffer }
  waitUntil(promise: Promise<unknown>): void
}

/** Runs the sample as a service worker would, and pushes to it. The inbox is that of the sample, with one epoch in it. */
export async function runPushSample(library: Library, given: PushSample): Promise<Pushed[]> {
  const inbox = await library.Inbox.open({ database: 'my-messenger' })
  await inbox.enter(await library.GroupEpoch.create(memberFromJson(given.recipient)))
  inbox.close()

  let notified = { title: '', body: '' }
  let kept: string[] = []
  let onPush = (_: PushEvent): void => {}
  const self = {
    addEventListener: (type: string, listener: (event: PushEvent) => void) => {
      if (type === 'push') onPush = listener
    },
    registration: {
      showNotification: async (title: string, { body }: { body: string }) => {
        notified = { title, body }
      },
    },
  }
  const mine = {
    put: async (_: string, { applicationData }: { applicationData: Uint8Array }) => {
      kept.push(new TextDecoder().decode(applicationData))
    },
    putSealed: async () => {
      kept.push('sealed')
    },
    nameOf: async (_: Uint8Array, epoch: bigint, leafIndex: number) => `leaf ${leafIndex} of epoch ${epoch}`,
  }
  const body = given.code.replace(/^import (\{.*\}) from 'mls-targeted-messages'$/m, 'const $1 = library')
  new Function('library', 'self', ...Object.keys(mine), body)(library, self, ...Object.values(mine))

  const pushed: Pushed[] = []
  for (const message of given.messages) {
    kept = []
    let finished: Promise<unknown> | undefined
    onPush({
      data: { arrayBuffer: () => unhex(message).buffer },
      waitUntil: (promise) => {
        finished = promise
      },
    })
    await finished
    pushed.push({ ...notified, kept })
  }
  return pushed
}
