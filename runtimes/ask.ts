/** Bundles the program for a runtime, and runs it there. */

import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Plugin } from 'esbuild'
import { repository } from '../browser-tests/package/consumer.js'
import { buildForBrowsers } from '../scripts/bundle.js'
import type { Answers, Given } from './program/run.js'
import type { Runtime } from './table.js'

const name = 'mls-targeted-messages'

/** What the program prints them behind: a runtime may have its own things to say. */
const mark = 'answers: '
const print = `console.log(${JSON.stringify(mark)} + JSON.stringify(await run(given)))`

const kinds = {
  node_modules: { end: print, external: [name, `${name}/*`] },
  // `workerd test` calls this method; a Worker that is deployed gets its bundle in the same way.
  'one file': { end: `export default { async test() { ${print} } }`, external: [] },
} as const satisfies Record<Runtime['modules'], { end: string; external: readonly string[] }>

/** Writes one program per kind into the consumer's directory. */
export async function writePrograms(consumer: string, given: Given): Promise<void> {
  const json = join(consumer, 'given.json')
  writeFileSync(json, JSON.stringify(given))
  for (const [kind, { end, external }] of Object.entries(kinds)) {
    const imports = ["import { run } from './program/run.ts'", `import given from ${JSON.stringify(json)}`]
    await buildForBrowsers({
      stdin: {
        contents: [...imports, end].join('\n'),
        resolveDir: join(repository, 'runtimes'),
        loader: 'ts',
      },
      outfile: join(consumer, fileOf(kind)),
      external: [...external],
      plugins: [asConsumer(consumer)],
      minify: false,
    })
  }
  writeFileSync(join(consumer, 'workerd.capnp'), workerdConfig)
}

const fileOf = (kind: string): string => `${kind.replace(' ', '-')}.mjs`

/** Resolves our own name by the `exports` of the package that the consumer has. */
const asConsumer = (consumer: string): Plugin => ({
  name: 'as-consumer',
  setup({ onResolve, resolve, initialOptions }) {
    if (initialOptions.external?.includes(name)) return
    onResolve({ filter: new RegExp(`^${name}(/|$)`) }, ({ path, kind, pluginData }) =>
      pluginData === 'resolving'
        ? undefined
        : resolve(path, { kind, resolveDir: consumer, pluginData: 'resolving' }),
    )
  },
})

const workerdConfig = `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (services = [(name = "main", worker = .program)]);

const program :Workerd.Worker = (
  modules = [(name = "program", esModule = embed "${fileOf('one file')}")],
  compatibilityDate = "2026-11-01",
);
`

/** What the runtime answers, on its own. */
export async function ask(runtime: Runtime, program: string, consumer: string): Promise<Answers> {
  const file = runtime.modules === 'one file' ? 'workerd.capnp' : fileOf(runtime.modules)
  const { stdout, stderr } = await promisify(execFile)(program, runtime.arguments(file), {
    cwd: consumer,
    maxBuffer: 64 * 1024 * 1024,
    timeout: 300_000,
  })
  const [, answers] = `${stdout}\n${stderr}`.match(new RegExp(`${mark}(.*)`)) ?? []
  if (answers === undefined) throw new Error(`${runtime.name} answers nothing: ${stdout}${stderr}`)
  return JSON.parse(answers)
}
