import { transform } from 'esbuild'

/** The TypeScript samples of a page. */
export const samplesOf = (page: string): string[] =>
  [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code)

/**
 * Runs a sample as it stands, with `modules` in the place of its imports and `given` as what it takes for granted.
 * Gives what it printed, line by line.
 */
export async function runSample(
  sample: string,
  modules: Readonly<Record<string, object>>,
  given: Readonly<Record<string, unknown>>,
): Promise<unknown[][]> {
  const body = sample.replace(/^import \{(.*?)\} from '(.*?)'$/gms, (_, names: string, module: string) => {
    if (!(module in modules)) throw new Error(`the sample imports ${module}`)
    return `const {${names}} = modules['${module}']`
  })
  // What the sample declares itself is not given.
  const names = Object.keys(given).filter(
    (name) => !new RegExp(`const (\\{[^}]*\\b${name}\\b[^}]*\\}|${name}\\b)`).test(body),
  )
  const { code } = await transform(
    `run(async (modules, { ${names.join(', ')} }, console) => {\n${body}\n})`,
    { loader: 'ts' },
  )
  const printed: unknown[][] = []
  let finished: Promise<void> | undefined
  const run = (main: (...args: unknown[]) => Promise<void>): void => {
    finished = main(modules, given, { log: (...values: unknown[]) => printed.push(values) })
  }
  new Function('run', code)(run)
  await finished
  return printed
}
