/** What a person is told of an error. */

export const reasonOf = (error: unknown): string => {
  if (isFull(error))
    return 'The disk is full, so this was not stored, and not done. Make room, and try again.'
  return error instanceof Error ? error.message : String(error)
}

/** The library and the database say it each in an error of their own, with the engine's as the cause. */
export const isFull = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'QuotaExceededError' || (error.cause !== undefined && isFull(error.cause)))
