import { builtEntries } from '../entries.js'
import { runTypeScript } from '../typescript.js'

/**
 * Runs the round trip with the built package.
 *
 * @param {import('./options.js').Options} options
 * @returns {Promise<boolean>}
 */
export async function roundTrip(options) {
  const { runRoundTrip } = await runTypeScript('scripts/roundtrip/run.ts', builtEntries())
  return runRoundTrip(options)
}
