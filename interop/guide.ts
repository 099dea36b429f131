import { readFileSync } from 'node:fs'
import * as library from 'mls-targeted-messages'
import * as ratchetTree from 'mls-targeted-messages/ratchet-tree'
import { runSample, samplesOf } from '../testing/run-sample.js'
import { LiveGroup } from './live-group.js'
import { OpenMlsMember } from './openmls-member.js'
import type { InteropSuite } from './suites.js'
import type { Tally } from './tally.js'

const page = 'docs/bring-your-own-stack.md'

const modules = { 'mls-targeted-messages': library, 'mls-targeted-messages/ratchet-tree': ratchetTree }

export const guideChecks = {
  sample: 'its sample runs, with OpenMLS as the stack',
  members: 'MlsGroup::members() says the same as readRatchetTree',
} as const

/** What the guide says of OpenMLS, word by word: its own sample, with two members of OpenMLS. */
export async function proveGuide(suite: InteropSuite, tally: Tally): Promise<void> {
  const founder = await OpenMlsMember.create('Olga', suite.id, 0)
  const other = await OpenMlsMember.create('Otto', suite.id, 0)
  const group = await LiveGroup.found(founder)
  await group.commit(founder, { add: [other] })
  const stack = await founder.capture()
  const bobStack = await other.capture()

  for (const sample of samplesOf(readFileSync(page, 'utf8'))) {
    await tally.check(guideChecks.sample, async () => {
      const printed = await runSample(sample, modules, { stack, bobStack })
      if (printed.join() !== '0,only you can read this')
        throw new Error(`the sample printed ${printed.join()}`)
    })
  }
  await tally.check(guideChecks.members, async () => {
    const read = ratchetTree.readRatchetTree(stack.ratchetTree)
    if (JSON.stringify(read) !== JSON.stringify(stack.members)) throw new Error('they differ')
  })
  for (const member of group.members) member.end()
}
