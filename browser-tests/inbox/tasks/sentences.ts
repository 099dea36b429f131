/** What an error says, and what each of its causes does. */
export function sentencesOf(error: unknown): string {
  if (!(error instanceof Error || error instanceof DOMException)) return String(error)
  const cause = error instanceof Error ? error.cause : undefined
  return cause === undefined ? error.message : `${error.message}; ${sentencesOf(cause)}`
}
