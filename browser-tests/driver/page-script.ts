/** Carrying a function into a page and its outcome back, the same way for every driver. */

import type { Json } from './page-driver.js'

/**
 * An expression that resolves to the outcome as JSON text, and never rejects. Functions given to `run` are what the
 * test runner's compiler made of them: some compilers wrap every named function in a helper called `__name`.
 */
export function pageExpression(source: string, argument: Json | undefined): string {
  const given = argument === undefined ? '' : JSON.stringify(argument)
  return `(async () => {
  const __name = (fn) => fn;
  try {
    return JSON.stringify({ value: await (${source})(${given}) });
  } catch (error) {
    if (!(error instanceof Error || error instanceof DOMException)) return JSON.stringify({ thrown: String(error) });
    const { name, message, stack, code } = error;
    return JSON.stringify({ error: { name, message, stack, code } });
  }
})()`
}

/** Thrown here for an error that was thrown in the page. */
export class PageError extends Error {
  /** Present where the page's error carried a code of type string. */
  readonly code: string | undefined
  readonly pageStack: string | undefined

  constructor(error: { name?: unknown; message?: unknown; stack?: unknown; code?: unknown }) {
    super(String(error.message))
    this.name = String(error.name)
    this.code = typeof error.code === 'string' ? error.code : undefined
    this.pageStack = typeof error.stack === 'string' ? error.stack : undefined
  }
}

interface Outcome {
  readonly value?: unknown
  readonly thrown?: string
  readonly error?: { name?: unknown; message?: unknown; stack?: unknown; code?: unknown }
}

export function readOutcome(json: string): unknown {
  const outcome: Outcome = JSON.parse(json)
  if (outcome.error !== undefined) throw new PageError(outcome.error)
  if (outcome.thrown !== undefined) throw new PageError({ name: 'Error', message: outcome.thrown })
  return outcome.value
}
