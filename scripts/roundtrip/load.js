import { runTypeScript } from '../typescript.js'

/**
 * Runs the round trip with the built package.
 *
 * @param {import('./options.js').Options} options
 * @returns {Promise<boolean>}
 */
export async function roundTrip(options) {
  const { runRoundTrip } = await runTypeScript('scripts/roundtrip/run.ts', {
    'mls-targeted-messages/ts-mls': './dist/stacks/ts-mls.js',
    'mls-targeted-messages': './dist/index.js',
  })
  return runRoundTrip(options)
}
