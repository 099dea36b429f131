/** Real groups of both lines of ts-mls. */
export {
  addMember,
  advanceEpoch,
  type CreateMlsGroupOptions,
  createMlsGroup,
  leafIndexOf,
  type MlsGroup,
  removeMember,
  stateOf,
} from './mls-group.js'
export {
  type GroupCipherSuite,
  groupCipherSuites,
  type MlsClient,
  type MlsStack,
  type MlsState,
  type PlainExtension,
  type PostQuantumSuite,
  type Profile,
  postQuantumSuites,
} from './stack.js'
export { type TsMls1State, tsMls1 } from './ts-mls-1.js'
export { type TsMls2State, tsMls2 } from './ts-mls-2.js'
export { leavesOf, oracleMember, serializeGroupContext } from './view.js'
