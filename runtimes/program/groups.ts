/** What an application does with the library, in real groups. */

import type { GroupEpochRecord } from 'mls-targeted-messages'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import { type GroupCipherSuite, makeCouple } from '../../browser-tests/tasks/couples.js'
import { codeOf, type GroupEpoch, type Library, revisions } from '../../browser-tests/tasks/library.js'
import { expectedTalk, talk } from '../../browser-tests/tasks/talk.js'
import { advanceEpoch, createMlsGroup, stateOf, tsMls1 } from '../../tests/support/groups/groups.js'

export interface Task {
  readonly run: (library: Library, suite: GroupCipherSuite) => Promise<unknown>
  /** What `run` must give. */
  readonly expected: unknown
}

type Pass = (epoch: GroupEpoch) => GroupEpochRecord

/** A record of each revision's epoch takes this way to `from`, and what `from` gives still opens. */
const exportAndFrom =
  (pass: Pass, locked: { readonly storageKey?: CryptoKey }) =>
  async (library: Library, suite: GroupCipherSuite): Promise<string[]> => {
    const [alice, bob] = await makeCouple(suite)
    const heard: string[] = []
    for (const revision of revisions) {
      const sender = await library.GroupEpoch.create({ ...alice, revision })
      const epoch = await library.GroupEpoch.create({ ...bob, revision, ...locked })
      const again = await library.GroupEpoch.from(pass(epoch), locked)
      const applicationData = new TextEncoder().encode(revision)
      const message = await sender.seal({ recipientLeafIndex: 1, applicationData })
      heard.push(new TextDecoder().decode((await again.open(message)).applicationData))
    }
    return heard
  }

const asItIs: Pass = (epoch) => epoch.export()
const cloned: Pass = (epoch) => structuredClone(epoch.export())

const newStorageKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])

/** Messages of three epochs, received in the first, in the second and in the third. */
async function inboxInMemory(library: Library, suite: GroupCipherSuite): Promise<string[][]> {
  const first = await createMlsGroup({ stack: tsMls1, cipherSuite: suite, members: ['alice', 'bob'] })
  const second = await advanceEpoch(first, { by: 'alice' })
  const groups = [first, second, await advanceEpoch(second, { by: 'bob' })]
  const epochOf = (group: typeof first, name: string) =>
    library.GroupEpoch.create(fromTsMls(stateOf(group, name)))

  const applicationData = new TextEncoder().encode('once')
  const messages = await Promise.all(
    groups.map(async (group) =>
      (await epochOf(group, 'alice')).seal({ recipientLeafIndex: 1, applicationData }),
    ),
  )
  const inbox = await library.Inbox.open({ pastEpochs: 1 })
  const outcomes: string[][] = []
  for (const group of groups) {
    await inbox.enter(await epochOf(group, 'bob'))
    const receiving = messages.map((message) => codeOf(library, () => inbox.receive(message)))
    outcomes.push(await Promise.all(receiving))
  }
  inbox.close()
  return outcomes
}

export const groupTasks = {
  'round trip, group of ts-mls 1': {
    run: async (library, suite) => talk(library, await makeCouple(suite, 'ts-mls 1')),
    expected: expectedTalk(),
  },
  'round trip, group of ts-mls 2': {
    run: async (library, suite) => talk(library, await makeCouple(suite, 'ts-mls 2')),
    expected: expectedTalk(),
  },
  'export and from': {
    run: exportAndFrom(asItIs, {}),
    expected: revisions,
  },
  'export and from, through structuredClone': {
    run: exportAndFrom(cloned, {}),
    expected: revisions,
  },
  'the same with a storageKey': {
    run: async (...given) => exportAndFrom(cloned, { storageKey: await newStorageKey() })(...given),
    expected: revisions,
  },
  'inbox in memory: on time, late, early, again': {
    run: inboxInMemory,
    expected: [
      ['not refused', 'epoch-ahead', 'epoch-ahead'],
      ['replay', 'not refused', 'epoch-ahead'],
      ['epoch-expired', 'replay', 'not refused'],
    ],
  },
} satisfies Record<string, Task>
