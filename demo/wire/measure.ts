/** What the same content costs with RFC 9420 alone, measured with real messages. */

import { keyPackageMessage, newKeyPackage } from '../messenger/key-packages.js'
import { commit, decodeMessage, found, join, openStack, say } from '../messenger/stack.js'
import type { SuiteId } from '../scenario/suites.js'

export interface Sizes {
  /** A PrivateMessage. In bytes, as all here. */
  readonly groupMessage: number
  readonly keyPackage: number
  readonly welcome: number
}

export interface MeasureOptions {
  readonly suite: SuiteId
  readonly content: Uint8Array
}

/** Makes a group of two, in which the second member really joins, and sends the content in it. */
export async function measure({ suite, content }: MeasureOptions): Promise<Sizes> {
  const stack = await openStack(suite)
  const [alice, bob] = [
    await newKeyPackage({ name: 'Alice' }, stack),
    await newKeyPackage({ name: 'Bob' }, stack),
  ]
  const made = await commit(await found(alice, stack, '00'), { newcomers: [bob.publicPackage] }, stack)
  const message = decodeMessage(made.welcome ?? new Uint8Array())
  if (made.welcome === undefined || message?.wireformat !== 'mls_welcome')
    throw new Error('ts-mls made no Welcome')
  if ((await join(message.welcome, bob, stack)) === undefined) throw new Error('the Welcome is not for Bob')
  const [, groupMessage] = await say(made.state, content, stack)
  return {
    groupMessage: groupMessage.length,
    keyPackage: keyPackageMessage(bob.publicPackage).length,
    welcome: made.welcome.length,
  }
}
