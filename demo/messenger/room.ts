import type { Revision } from 'mls-targeted-messages'
import type { SuiteId } from '../scenario/suites.js'

/** What everybody needs to know who wants to join. */
export interface Room {
  readonly id: string
  readonly suite: SuiteId
  readonly revision: Revision
}

const prefix = 'demo inbox '

/** A new one each time. */
export const inboxName = ({ id }: Room, name: string): string =>
  `${prefix}${id} ${name} ${crypto.randomUUID().slice(0, 8)}`

export const isInboxName = (database: string): boolean => database.startsWith(prefix)
