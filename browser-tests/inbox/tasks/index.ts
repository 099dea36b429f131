/** What the pages of the inbox tests can do; a test runs these through the page driver. */

export { checkAfterKill } from './after-kill.js'
export { keepEach, takeSome } from './backlog.js'
export { heardChanges, listenToChanges, receiveCounting, tellNobody } from './changes.js'
export { churn } from './churn.js'
export { compare } from './compare.js'
export { runStoreCheck } from './contract.js'
export { crowd } from './crowd.js'
export { contents, deleteDatabase, openHigher } from './database.js'
export { describeDatabase, holdDatabase, makeOldDatabase, refusalToOpen } from './forms.js'
export {
  allCalls,
  close,
  enter,
  enterAll,
  leave,
  leaveForEver,
  open,
  receive,
  receiveAll,
  seal,
  sealFromCurrent,
} from './inboxes.js'
export { beginKeep, endKeep, received, startReceiving, untilWaiting } from './keeping.js'
export { deliverAgain, keptMessages, startDelivering } from './kept.js'
export { receiveLarge, receiveLargeJunk } from './large.js'
export { fillMarks } from './many-marks.js'
export { untilReceived } from './overlap.js'
export { outgrow } from './quota.js'
export { arm, go, outcomes } from './race.js'
export { faultsInDatabases, lookIntoDatabase } from './raw.js'
export { refuseWrites, watchWrites } from './refused-writes.js'
export { loadByUnwrapping, storedKeys } from './stored-keys.js'
export { unwrapForms } from './unwrap.js'
export { inWorker, leaveWorkers } from './workers.js'

declare global {
  var inboxTasks: typeof import('./index.js')
}
