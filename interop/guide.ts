import { readFileSync } from 'node:fs'
import * as library from 'mls-targeted-messages'
import * as ratchetTree from 'mls-targeted-messages/ratchet-tree'
import { runSample, samplesOf } from '../tests/documents/run-sample.js'
import { guideChecks, pairsOf, short, whisper } from './checks.js'
import { LiveGroup } from './live-group.js'
import { newcomer } from './newcomer.js'
import { capturedOptions, OpenMlsMember } from './openmls-member.js'
import { ourVoices } from './our-voices.js'
import type { InteropSuite } from './suites.js'
import type { Tally } from './tally.js'

const page = 'docs/bring-your-own-stack.md'

const modules = { 'mls-targeted-messages': library, 'mls-targeted-messages/ratchet-tree': ratchetTree }

/** What the guide says, word by word, of two members of OpenMLS in a group with a third. */
export async function proveGuide(suite: InteropSuite, tally: Tally): Promise<void> {
  const olga = await OpenMlsMember.create('Olga', suite, 0)
  const otto = await OpenMlsMember.create('Otto', suite, 0)
  const group = await LiveGroup.found(olga)
  await group.commit(olga, { add: [otto, await newcomer('Tess', suite.cast.Tess, suite)] })
  const stacks = [await olga.capture(), await otto.capture()] as const
  const [stack, bobStack] = stacks

  const samples = samplesOf(readFileSync(page, 'utf8')).filter((sample) => sample.includes('bobStack'))
  for (const sample of samples) {
    await tally.check(guideChecks.sample, async () => {
      const printed = await runSample(sample, modules, { stack, bobStack })
      if (printed.join() !== '0,only you can read this') throw new Error(`it printed ${printed.join()}`)
    })
  }

  const voices = stacks.map((each) =>
    ourVoices('ours for OpenMLS', each.ownLeafIndex, (revision) => ({
      revision,
      ...capturedOptions(each),
      members: each.members,
    })),
  )
  for (const [from, to] of pairsOf((await Promise.all(voices)).flat())) {
    for (const said of short) {
      await tally.check(guideChecks.members, async () => {
        await whisper(from, to, said)
      })
    }
  }
  for (const member of group.members) member.end()
}
