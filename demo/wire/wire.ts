/** What a targeted message looks like on the wire: its bytes, who learns what from them, and what they cost. */

import { readHeader } from 'mls-targeted-messages'
import { make } from '../dom.js'
import type { SuiteId } from '../scenario/suites.js'
import { alternativesView } from './alternatives.js'
import { fieldsView } from './fields.js'
import { knowledgeView } from './knowledge.js'

export interface WireOptions {
  /** A serialized MLSMessage with a TargetedMessage in it. */
  readonly message: Uint8Array
  readonly suite: SuiteId
  /** The recipient's name, if it is known. */
  readonly recipient?: string | undefined
  /** The content, if the viewer can open it. It is measured, not shown. */
  readonly applicationData?: Uint8Array | undefined
}

export function wireView({ message, suite, recipient, applicationData }: WireOptions): HTMLElement {
  const { recipientLeafIndex } = readHeader(message)
  const to = recipient ?? `leaf ${recipientLeafIndex}`
  return make(
    'div',
    'wire',
    make('h3', '', 'The bytes'),
    ...fieldsView(message, to, suite),
    make('h3', '', 'Who learns what'),
    knowledgeView(to),
    make('h3', '', 'What it costs'),
    alternativesView({ message, suite, applicationData }),
  )
}
