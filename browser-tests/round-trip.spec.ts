/** Two members of a real MLS group seal to each other and open, with both builds of the package. */

import { expect, test } from './fixtures.js'
import { allSuites, promisedSuites } from './tasks/library.js'
import { expectedTalk } from './tasks/talk.js'

const builds = [
  { path: '/', build: 'bundled by Vite', stack: 'ts-mls 1' },
  { path: '/plain/', build: 'self-contained file', stack: 'ts-mls 2' },
] as const

for (const suite of allSuites) {
  test(`suite ${suite}: two members seal and open`, async ({ driver, openSuite, report }) => {
    for (const { path, build, stack } of builds) {
      await openSuite(path)
      const supported = await driver.run(() => library.supportedCipherSuites())
      expect(supported).toEqual(expect.arrayContaining([...promisedSuites]))
      const feature = `seal and open, ${build}, group of ${stack}`
      if (supported.includes(suite)) {
        const heard = await driver.run((group) => tasks.talkInGroup(library, group), { suite, stack })
        expect(heard).toEqual(expectedTalk())
        report(`Suite ${suite}`, feature, 'yes')
      } else {
        const code = await driver.run(
          (group) => tasks.codeOf(library, () => tasks.talkInGroup(library, group)),
          { suite, stack },
        )
        expect(code).toBe('unsupported-cipher-suite')
        report(`Suite ${suite}`, feature, 'unsupported')
      }
      expect(await driver.consoleErrors()).toEqual([])
    }
  })
}
