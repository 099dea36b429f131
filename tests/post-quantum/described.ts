import type { CipherSuiteDescription } from 'mls-targeted-messages'
import { suiteNames, suites } from './members.js'

/** What `GroupEpoch.from` and `Inbox.open` are given, whichever suite a test is about. */
export const plugInSuites: readonly CipherSuiteDescription[] = suiteNames.map((name) => suites[name].plugIn)

/** A post-quantum suite of the tests is a description, with its plug-in; one of RFC 9420 is its number. */
export const described = <M extends { readonly cipherSuite: number }>(
  member: M,
): Omit<M, 'cipherSuite'> & { readonly cipherSuite: number | CipherSuiteDescription } => ({
  ...member,
  cipherSuite: plugInSuites.find(({ id }) => id === member.cipherSuite) ?? member.cipherSuite,
})
