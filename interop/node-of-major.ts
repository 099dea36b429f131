import { provideRuntime } from '../runtimes/install.js'
import { runtimes } from '../runtimes/table.js'

/** The path of a Node of at least that major version: this one, or the one that `npm run test:runtimes` tests. */
export function nodeOfMajor(major: number): string {
  if (Number.parseInt(process.versions.node, 10) >= major) return process.execPath
  const runtime = runtimes.find(({ name }) => name === `Node ${major}`)
  if (runtime === undefined) throw new Error(`runtimes/table.ts has no Node ${major}`)
  return provideRuntime(runtime)
}
