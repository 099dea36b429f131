/** Post-quantum suites in each engine: natively where SubtleCrypto has them, with plug-ins everywhere. */

import { postQuantumPair, suiteNames, suites } from '../../tests/post-quantum/members.js'
import type { Way } from '../../tests/post-quantum/ways.js'
import { postQuantumSuites } from '../../tests/support/groups/groups.js'
import { revisions } from '../../tests/support/suites.js'
import { expect, test } from '../fixtures.js'
import { hostileSample, refusedAll } from '../hostile.js'
import { postQuantumVectors } from '../own-vectors.js'
import { memberToJson } from '../tasks/member.js'
import { postQuantumMounts } from './bundle.js'
import { open, seal } from './tasks.js'

/** What an engine's SubtleCrypto is known to have; the others have none of it. */
const native: Readonly<Record<string, readonly string[]>> = {
  chromium: ['ML-KEM-768', 'ML-KEM-1024', 'MLKEM768-X25519', 'ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'],
}

const waysOf = (engine: string): readonly Way[] => (native[engine] ? ['plug-in', 'native'] : ['plug-in'])

test.beforeEach(async ({ driver, serveHere }) => {
  const { origin } = await serveHere({ mounts: await postQuantumMounts() })
  await driver.open(`${origin}/`)
  await driver.waitForText('#ready', 'ready')
})

test('SubtleCrypto has what it is known to have', async ({ driver }, { project }) => {
  const here = await driver.run(() => postQuantumTasks.nativeHere())
  expect(here.sort()).toEqual([...(native[project.name] ?? [])].sort())
})

for (const suite of postQuantumSuites) {
  test(`suite ${suite} of ts-mls: everybody talks to everybody`, async ({ driver, report }, { project }) => {
    const arrivals = await driver.run((given) => postQuantumTasks.talk(given), suite)
    const hasNative = native[project.name] !== undefined && suite > 78
    expect(arrivals).toHaveLength(3 * (hasNative ? 4 : 1))
    report('Post-quantum', `suite ${suite} of ts-mls`, hasNative ? 'native and plug-in' : 'plug-in')
  })
}

for (const revision of revisions) {
  test(`own vectors, revision ${revision}: opened, and sealed again to the byte`, async ({ driver, report }, {
    project,
  }) => {
    const { open, seal } = postQuantumVectors(revision)
    expect(open.expected).toHaveLength(8)
    for (const way of waysOf(project.name)) {
      const given = { way, open: open.given, seal: seal.given }
      const answers = await driver.run((vectors) => postQuantumTasks.answerVectors(vectors), given)
      expect(answers).toEqual({ opened: open.expected, sealed: seal.expected })
    }
    const ways = waysOf(project.name).join(' and ')
    report('Post-quantum', `own vectors, revision ${revision}`, `8 opened, sealed again: ${ways}`)
  })
}

for (const name of suiteNames) {
  test(`${name}: Node with its plug-in and the page talk to each other`, async ({ driver }, { project }) => {
    for (const revision of revisions) {
      for (const way of waysOf(project.name)) {
        const [alice, bob] = await pairOf(name, revision)
        const here = { member: alice, name, way: 'plug-in' } as const
        const there = { member: bob, name, way }
        const sent = { who: there, message: await seal({ who: here, text: 'from Node' }) }
        expect(await driver.run((given) => postQuantumTasks.open(given), sent)).toBe('from Node')
        const message = await driver.run((given) => postQuantumTasks.seal(given), {
          who: there,
          text: 'back',
        })
        expect(await open({ who: here, message })).toBe('back')
      }
    }
  })

  test(`${name}: hostile input is refused`, async ({ driver, report }, { project }) => {
    const given = await hostileSample({ revision: '01', cipherSuite: suites[name].plugIn.id })
    for (const way of waysOf(project.name)) {
      const all = { given, name, way }
      expect(await driver.run((each) => postQuantumTasks.openHostile(each), all)).toEqual(refusedAll(given))
    }
    expect(await driver.consoleErrors()).toEqual([])
    report('Post-quantum', `${name}: hostile input`, 'refused')
  })

  test(`${name}: an inbox after a reload, in a service worker, and under a storageKey`, async ({
    driver,
    serveHere,
  }, { project }) => {
    const { origin } = await serveHere({ mounts: await postQuantumMounts() })
    const load = async () => {
      await driver.open(`${origin}/`)
      await driver.waitForText('#ready', 'ready')
    }
    for (const way of waysOf(project.name)) {
      for (const storageKey of [undefined, '5b'.repeat(32)]) {
        const [alice, bob] = await pairOf(name, '02')
        const who = { member: alice, name, way: 'plug-in' } as const
        const stored = { who: { member: bob, name, way }, database: `${way} ${storageKey}`, storageKey }
        const [first, second] = [await seal({ who, text: 'first' }), await seal({ who, text: 'second' })]
        await load()
        const kind = await driver.run((given) => postQuantumTasks.enter(given), stored)
        // X-Wing keys of Chromium become null when they are cloned; ML-KEM keys do not.
        const isKey = way === 'native' && name === 'ML-KEM-768'
        expect(kind).toBe(storageKey ? 'storage-key' : isKey ? 'key' : 'record-key')
        await load()
        const receiving = { stored, message: first }
        expect(await driver.run((given) => postQuantumTasks.receive(given), receiving)).toBe('first')
        const later = { stored, message: second }
        expect(await driver.run((given) => postQuantumTasks.receiveInServiceWorker(given), later)).toBe(
          'second',
        )
      }
    }
  })

  test(`${name}: a storageKey that only unwraps does natively, and is refused for a plug-in`, async ({
    driver,
  }, { project }) => {
    const sentence =
      'TargetedMessageError: storageKey must be an AES-GCM CryptoKey with the usage encrypt, and with decrypt'
    for (const way of waysOf(project.name)) {
      const [alice, bob] = await pairOf(name, '02')
      const message = await seal({ who: { member: alice, name, way: 'plug-in' }, text: 'unwrapped' })
      const stored = {
        who: { member: bob, name, way },
        database: `unwraps ${way}`,
        storageKey: '5b'.repeat(32),
      }
      const outcome = await driver.run((given) => postQuantumTasks.receiveByUnwrapping(given), {
        stored,
        message,
      })
      expect(outcome).toEqual(way === 'native' ? ['unwrapped'] : [sentence, sentence])
    }
  })
}

async function pairOf(name: (typeof suiteNames)[number], revision: '00' | '01' | '02') {
  const as = await postQuantumPair(name, revision)
  const json = (leafIndex: 0 | 1) => {
    const member = as(leafIndex, suites[name].plugIn)
    return memberToJson(revision, { ...member, cipherSuite: member.cipherSuite.id })
  }
  return [json(0), json(1)] as const
}
