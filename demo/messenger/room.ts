import type { Revision } from 'mls-targeted-messages'
import type { SuiteId } from '../scenario/suites.js'

/** What everybody who wants to join has to know. */
export interface Room {
  readonly id: string
  readonly suite: SuiteId
  readonly revision: Revision
}

const prefix = 'demo inbox '

/** Another one each time. */
export const inboxName = ({ id }: Room, name: string): string =>
  `${prefix}${id} ${name} ${crypto.randomUUID().slice(0, 8)}`

export const isInboxName = (database: string): boolean => database.startsWith(prefix)
