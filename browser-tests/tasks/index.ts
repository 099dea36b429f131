/** What the pages of the suite can do. A test runs these in the page, and some of them in Node too. */

import type { Library } from './library.js'

export { callerErrors } from './caller-errors.js'
export { talkInWorker } from './contexts.js'
export { openEntries } from './entries.js'
export { openHostile } from './hostile.js'
export { insecureCalls } from './insecure.js'
export { codeOf } from './library.js'
export { platformFacts } from './platform.js'
export { runPushSample } from './push-sample.js'
export { sealAgain } from './seal-again.js'
export { sealForOthers } from './seal-for-others.js'
export { sealHex } from './seal-hex.js'
export { talkInGroup } from './talk.js'

declare global {
  /** The package, or its self-contained file. */
  var library: Library
  var tasks: typeof import('./index.js')
}
