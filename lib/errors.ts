/** What went wrong, in one word; stable across versions. */
export type TargetedMessageErrorCode =
  /** Bytes that are not a well-formed TargetedMessage, or not a well-formed structure inside one. */
  | 'malformed'
  /** A message longer than the configured limit. */
  | 'too-large'
  /** A group that the recipient is not a member of (draft section 6, step 1). */
  | 'unknown-group'
  /** An epoch whose keys are deleted (section 6, step 2). */
  | 'epoch-expired'
  /** An epoch that the recipient has not entered yet (section 6, step 2). */
  | 'epoch-ahead'
  /** A message for another leaf (section 6, step 3). */
  | 'not-for-this-member'
  /** The sender auth data does not decrypt (section 5.3). */
  | 'sender-auth-data'
  /** The sender's leaf is blank or outside the tree (section 6, step 4). */
  | 'sender-not-in-group'
  /** The sender's signature does not verify (section 4). */
  | 'signature'
  /** The content does not decrypt (section 5.2). */
  | 'content'
  /** The padding is not all zero (section 5.1). */
  | 'padding'
  /** A message that was received before. */
  | 'replay'
  /** The recipient's leaf is blank or outside the tree. */
  | 'recipient-not-in-group'
  /** A cipher suite that this library or this engine does not run. */
  | 'unsupported-cipher-suite'
  /** An argument that cannot be used; the message says what is wrong. */
  | 'invalid-input'
  /** State that cannot be stored or read back. */
  | 'storage'

/**
 * The only error that leaves this library. `cause` is the engine's own error if there is one. Recognize it by `name` and
 * `code`, because `instanceof` fails for an error from another bundle of the library.
 */
export class TargetedMessageError extends Error {
  /** Names the error in a log even if class names are minified. */
  override readonly name = 'TargetedMessageError'
  /** What went wrong, for programs; `message` is for people. */
  readonly code: TargetedMessageErrorCode

  /** The library makes these errors. An application's store or callback may make them too. */
  constructor(code: TargetedMessageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Short for `new TargetedMessageError`. */
export const fail = (
  code: TargetedMessageErrorCode,
  message: string,
  cause?: unknown,
): TargetedMessageError =>
  new TargetedMessageError(code, message, cause === undefined ? undefined : { cause })

export const invalidInput = (message: string, cause?: unknown): TargetedMessageError =>
  fail('invalid-input', message, cause)

/** By its name, because the same class may come from another bundle of this library. */
const isOwnError = (error: unknown): error is TargetedMessageError =>
  error instanceof Error && error.name === 'TargetedMessageError'

/** `cause` itself if it is an error of this library, else a new error with this cause. */
export const ownError = (
  code: TargetedMessageErrorCode,
  message: string,
  cause: unknown,
): TargetedMessageError => (isOwnError(cause) ? cause : fail(code, message, cause))

/** Runs `action`, and turns what it throws into an {@link ownError}. */
export async function attempt<T>(
  code: TargetedMessageErrorCode,
  message: string,
  action: () => T | Promise<T>,
): Promise<T> {
  try {
    return await action()
  } catch (cause) {
    throw ownError(code, message, cause)
  }
}
