/** The public API, whichever build of it a page has. */
export type Library = typeof import('mls-targeted-messages')
export type GroupEpoch = import('mls-targeted-messages').GroupEpoch
export type GroupEpochOptions = import('mls-targeted-messages').GroupEpochOptions
export type Revision = import('mls-targeted-messages').Revision

export const revisions: readonly Revision[] = ['00', '01', '02']

/** What every engine is promised to run; suite 3 is run where the engine has ChaCha20-Poly1305. */
export const promisedSuites = [1, 2, 5, 7] as const
/** Enough where only the surroundings differ: one suite of each kind of curve. */
export const bothCurves = [1, 2] as const
export const allSuites = [1, 2, 3, 5, 7] as const

/** `code`, or what else was thrown: nothing else may leave the library. */
export function refusal({ TargetedMessageError }: Library, error: unknown): string {
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
