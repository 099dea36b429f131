import { gzipSync } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'

/** How much the first load of index.html may transfer, in bytes after gzip. */
const limit = 150_000

/** Loaded only on request: a broker by a parameter of the address, a post-quantum group by the engine box. */
const optional = ['mqtt', '@hpke/hybridkem-x-wing', '@hpke/ml-kem', '@noble/post-quantum']

const isOptional = ({ moduleIds }: Rolldown.OutputChunk): boolean =>
  moduleIds.some((id) => optional.some((name) => id.includes(`/node_modules/${name}/`)))

/**
 * Fails the build when index.html with everything that it may load is over the limit. Dynamic imports count as well,
 * because most of them are loaded with the first group. The offline worker fetches the rest of the build in advance.
 */
export const budget: Plugin = {
  name: 'budget',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      if (!bundle['index.html']) return
      const sizes = [...filesOf(bundle)].map((file) => sizeOf(bundle[file]))
      const total = sizes.reduce((sum, size) => sum + size, 0)
      const all = Object.values(bundle).reduce((sum, output) => sum + sizeOf(output), 0)
      const said = `First load of index.html: ${kB(total)} gzipped in at most ${sizes.length} files, of ${kB(limit)}; the whole build: ${kB(all)}`
      if (total > limit) this.error(`${said}. It is over budget.`)
      this.info(said)
    },
  },
}

function filesOf(bundle: Rolldown.OutputBundle): ReadonlySet<string> {
  const entry = Object.values(bundle).find((output) => output.type === 'chunk' && output.name === 'index')
  const files = new Set(['index.html'])
  const visit = (file: string): void => {
    const output = bundle[file]
    if (output?.type !== 'chunk' || files.has(file) || isOptional(output)) return
    files.add(file)
    for (const css of output.viteMetadata?.importedCss ?? []) files.add(css)
    for (const next of [...output.imports, ...output.dynamicImports]) visit(next)
  }
  if (entry) visit(entry.fileName)
  return files
}

function sizeOf(output: Rolldown.OutputAsset | Rolldown.OutputChunk | undefined): number {
  if (!output) return 0
  return gzipSync(output.type === 'chunk' ? output.code : output.source).length
}

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
