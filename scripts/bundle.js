import { build } from 'esbuild'
import { minify } from 'terser'

/**
 * @hpke/common falls back to Node's crypto module where there is no `globalThis.crypto` (Node 18 and older). The rows of
 * hpke-js and ts-mls in the table of sizes name it; no supported engine needs that.
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
 * Bundles and minifies for browsers with esbuild.
 *
 * @param {import('esbuild').BuildOptions} options
 */
export const buildForBrowsers = ({ plugins = [], ...options }) =>
  build({
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    plugins: [withoutNodeCrypto, ...plugins],
    logLevel: 'warning',
    legalComments: 'none',
    ...options,
  })

/**
 * The same as one text, minified by terser as well, which takes off another 3 %.
 *
 * @param {import('esbuild').BuildOptions} options
 * @returns {Promise<string>}
 */
export async function bundle(options) {
  const { outputFiles } = await buildForBrowsers({ ...options, write: false })
  const { code } = await minify(outputFiles?.[0]?.text ?? '', {
    module: true,
    ecma: 2020,
    compress: { passes: 4, pure_getters: true, keep_fargs: false, hoist_props: true },
  })
  return code ?? ''
}
