/** Runs in every page that our server serves, before the page's own scripts. */

declare global {
  var __console: string[] | undefined
}

/** Only its source is used: the server sends it as /__console.js, which `script-src 'self'` allows. */
export function collectErrors(): void {
  const lines: string[] = []
  globalThis.__console = lines

  const describe = (value: unknown): string => {
    if (value instanceof Error || value instanceof DOMException) return `${value.name}: ${value.message}`
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  }

  const print = console.error
  console.error = (...values: unknown[]): void => {
    lines.push(`console.error: ${values.map(describe).join(' ')}`)
    print.apply(console, values)
  }

  const failed = (event: Event): void => {
    if (event instanceof ErrorEvent) lines.push(`uncaught: ${describe(event.error ?? event.message)}`)
    else if (event.target instanceof Element)
      lines.push(`not loaded: ${event.target.outerHTML.slice(0, 200)}`)
  }
  // A resource's error event does not bubble, so it is caught in the capture phase.
  addEventListener('error', failed, { capture: true })
  addEventListener('unhandledrejection', (event) => {
    lines.push(`unhandled rejection: ${describe(event.reason)}`)
  })

  document.addEventListener('securitypolicyviolation', (event) => {
    // Firefox and WebKit request an icon without being asked, and report that the page's policy forbids it.
    if (event.blockedURI.endsWith('/favicon.ico')) return
    const line = `csp: ${event.effectiveDirective} blocked ${event.blockedURI}`
    // WebKit sometimes reports a resource twice: when it preloads it, and when it uses it.
    if (!lines.includes(line)) lines.push(line)
  })
}
