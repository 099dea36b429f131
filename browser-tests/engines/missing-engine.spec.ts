/** An engine that is not there fails the suite, and says so in a sentence that a person can act on. */

import { spawnSync } from 'node:child_process'
import { expect, test } from '../fixtures.js'
import { repository } from '../package/consumer.js'
import { engineNamed } from './table.js'

test('a path variable that points at nothing fails the suite', ({ profile }, { project }) => {
  const { name, variable } = engineNamed(project.name)
  const nowhere = '/nowhere/browser'
  // A suite of its own, in the place of one that a person starts: it must end before any test.
  const { TEST_WORKER_INDEX: _, TEST_PARALLEL_INDEX: __, ...environment } = process.env
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      'node_modules/@playwright/test/cli.js',
      'test',
      'platform.spec',
      '--reporter=line',
      `--output=${profile}`,
    ],
    { cwd: repository, encoding: 'utf8', env: { ...environment, [variable]: nowhere } },
  )
  expect(status).toBe(1)
  const said = stdout + stderr
  expect(said).toContain(`${variable} is set to ${nowhere}, where no program is: point it at the `)
  expect(said).toContain(`or unset it to have ${name} found or installed.`)
  expect(said).not.toMatch(/ passed| at .*\.ts:/)
})
