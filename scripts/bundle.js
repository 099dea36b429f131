import { build } from 'esbuild'

/**
 * @hpke/common falls back to Node's crypto module where there is no `globalThis.crypto` (Node 18 and older). No
 * supported engine needs that, and a browser file must not name a Node built-in.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutNodeCrypto = {
  name: 'without-node-crypto',
  setup(build) {
    build.onResolve({ filter: /^crypto$/ }, () => ({ path: 'crypto', namespace: 'web-crypto' }))
    build.onLoad({ filter: /.*/, namespace: 'web-crypto' }, () => ({
      contents: 'export const webcrypto = globalThis.crypto',
    }))
  },
}

/**
 * Bundles and minifies as an application would for a browser.
 *
 * @param {import('esbuild').BuildOptions} options
 */
export const bundle = (options) =>
  build({
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    plugins: [withoutNodeCrypto],
    logLevel: 'warning',
    ...options,
  })
