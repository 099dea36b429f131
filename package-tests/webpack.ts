import { createRequire } from 'node:module'
import type { Configuration } from 'webpack'

// Its declarations have no `webpack` for an import from an ES module.
const webpack: typeof import('webpack') = createRequire(import.meta.url)('webpack')

/** Bundles as ES modules, which Node runs as a browser does. Returns the warnings; throws at an error. */
export async function bundleWithWebpack(configuration: Configuration): Promise<string[]> {
  const compiler = webpack({
    mode: 'production',
    target: 'es2022',
    // Its minifier takes twenty seconds for ts-mls.
    optimization: { minimize: false },
    experiments: { outputModule: true },
    ...configuration,
    output: { module: true, ...configuration.output },
  })
  if (compiler === null) throw new Error('webpack has no configuration')
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error || stats === undefined) return reject(error)
      const { errors = [], warnings = [] } = stats.toJson({ all: false, errors: true, warnings: true })
      if (errors.length > 0) return reject(new Error(errors.map(({ message }) => message).join('\n')))
      compiler.close(() => resolve(warnings.map(({ message }) => message)))
    })
  })
}
