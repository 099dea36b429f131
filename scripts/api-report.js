import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor'
import { entries } from './entries.js'

/** Where the reports are checked in: one per entry of the package. */
export const REPORTS = 'docs/api-report'

const none = { logLevel: ExtractorLogLevel.None }

/**
 * Compares the reports with dist/, or writes them again; gives the names of those that differ, or differed. Runs in the
 * repository's root.
 *
 * @param {'compare' | 'write'} action
 * @returns {string[]}
 */
export function apiReports(action) {
  mkdirSync(REPORTS, { recursive: true })
  return entries.flatMap(({ name, types }) => {
    const config = ExtractorConfig.prepare({
      configObject: configOf(name, types),
      configObjectFullPath: resolve('api-extractor.json'),
      packageJsonFullPath: resolve('package.json'),
    })
    const { apiReportChanged } = Extractor.invoke(config, {
      localBuild: action === 'write',
      printApiReportDiff: true,
      messageCallback: (message) => {
        // What changed is told; that something did is the caller's to say.
        message.handled = message.messageId !== 'console-api-report-diff'
      },
    })
    return apiReportChanged ? [`${REPORTS}/${name}.api.md`] : []
  })
}

/**
 * @param {string} name
 * @param {string} types
 * @returns {import('@microsoft/api-extractor').IConfigFile}
 */
const configOf = (name, types) => ({
  projectFolder: resolve('.'),
  mainEntryPointFilePath: resolve(types),
  compiler: {
    overrideTsconfig: {
      compilerOptions: {
        target: 'ES2022',
        module: 'NodeNext',
        lib: ['ES2022', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
        types: [],
        strict: true,
      },
      files: [types],
    },
  },
  apiReport: {
    enabled: true,
    reportFileName: `${name}.api.md`,
    reportFolder: resolve(REPORTS),
    reportTempFolder: resolve('node_modules/.cache/mls-targeted-messages/api-report'),
    // A change of what an exported type is made of is a change of the API.
    includeForgottenExports: true,
  },
  docModel: { enabled: false },
  dtsRollup: { enabled: false },
  tsdocMetadata: { enabled: false },
  newlineKind: 'lf',
  // Types are checked by tsc, and documentation by typedoc.
  messages: {
    compilerMessageReporting: { default: none },
    extractorMessageReporting: { default: none },
    tsdocMessageReporting: { default: none },
  },
})
