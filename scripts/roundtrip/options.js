import { parseArgs } from 'node:util'
import { revisions, promisedSuites as suiteIds } from '../../tests/support/suites.js'

/** @typedef {import('../../demo/scenario/suites.js').SuiteId} SuiteId */
/** @typedef {import('mls-targeted-messages').Revision} Revision */
/** @typedef {{ suites: SuiteId[], revision: Revision }} Options */

const usage = (
  /** @type {string} */ command,
) => `Usage: ${command} [--suite ${suiteIds.join('|')}]... [--revision ${revisions.join('|')}]

  --suite     cipher suite of RFC 9420; may be repeated (default: 1 and 2)
  --revision  revision of draft-ietf-mls-targeted-messages (default: 00)
  --help      this text
`

/**
 * Reads the flags of the command line. Ends the process with status 0 after --help, with 2 for a flag that it does not
 * know.
 *
 * @param {string} command How the user calls it.
 * @returns {Options}
 */
export function readOptions(command) {
  try {
    const { values } = parseArgs({
      options: {
        suite: { type: 'string', multiple: true, default: ['1', '2'] },
        revision: { type: 'string', default: '00' },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) {
      process.stdout.write(usage(command))
      process.exit(0)
    }
    const suites = values.suite.map((value) => choose('--suite', suiteIds, value))
    return { suites: [...new Set(suites)], revision: choose('--revision', revisions, values.revision) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    process.stderr.write(`${reason.replace(/(\.)? To specify .*/, '')}\n\n${usage(command)}`)
    process.exit(2)
  }
}

/**
 * @template {string | number} T
 * @param {string} flag
 * @param {readonly T[]} choices
 * @param {string} value
 * @returns {T}
 */
function choose(flag, choices, value) {
  const found = choices.find((choice) => String(choice) === value)
  if (found === undefined) throw new Error(`${flag} must be one of ${choices.join(', ')}, not '${value}'`)
  return found
}
