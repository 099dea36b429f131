export { allSuites, bothCurves, promisedSuites, revisions } from '../../tests/support/suites.js'

/** The public API, whichever build of it a page has. */
export type Library = typeof import('mls-targeted-messages')
export type GroupEpoch = import('mls-targeted-messages').GroupEpoch
export type GroupEpochOptions = import('mls-targeted-messages').GroupEpochOptions
export type Revision = import('mls-targeted-messages').Revision

/** `code`, or what else was thrown: nothing else may leave the library. */
export function refusal(
  { TargetedMessageError }: Pick<Library, 'TargetedMessageError'>,
  error: unknown,
): string {
  if (error instanceof TargetedMessageError && error.name === 'TargetedMessageError') return error.code
  return `not a TargetedMessageError: ${String(error)}`
}

/** The code with which the library refuses, or 'not refused'. */
export async function codeOf(library: Library, action: () => unknown): Promise<string> {
  try {
    await action()
  } catch (error) {
    return refusal(library, error)
  }
  return 'not refused'
}
