/** What the pages of the inbox tests can do; a test runs these through the page driver. */

export { checkAfterKill } from './after-kill.js'
export { churn } from './churn.js'
export { compare } from './compare.js'
export { crowd } from './crowd.js'
export { contents, deleteDatabase, openHigher } from './database.js'
export {
  allCalls,
  close,
  enter,
  enterAll,
  leave,
  leaveForEver,
  receive,
  receiveAll,
  seal,
} from './inboxes.js'
export { fillMarks } from './many-marks.js'
export { untilReceived } from './overlap.js'
export { outgrow } from './quota.js'
export { arm, go, outcomes } from './race.js'
export { inWorker, leaveWorkers } from './workers.js'

declare global {
  var inboxTasks: typeof import('./index.js')
}
