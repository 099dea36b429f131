import { GroupEpoch, inspect, type Revision } from 'mls-targeted-messages'
import { fromTsMls, type TsMlsGroupEpochOptions } from 'mls-targeted-messages/ts-mls'
import { impostor, outsider, readdressed, tampered } from '../../demo/scenario/attacks.js'
import { hex } from '../../demo/scenario/fields.js'
import { commit, type Group, makeGroup } from '../../demo/scenario/group.js'
import { type SuiteId, suites } from '../../demo/scenario/suites.js'
import type { Report } from './report.js'

const names = ['Alice', 'Bob', 'Carol', 'Dave']
const [ALICE, BOB, CAROL, DAVE] = [0, 1, 2, 3] as const

const text = 'Bob, the surprise party for Carol starts at eight. Please bring the cake, and do not tell her.'
const data = 'sent 2025-06-01'
const utf8 = (string: string): Uint8Array => new TextEncoder().encode(string)

/** A member's view of the group, as the library takes it. */
function viewOf({ states }: Group, leafIndex: number): TsMlsGroupEpochOptions {
  const state = states[leafIndex]
  if (!state) throw new Error(`leaf ${leafIndex} is blank`)
  return fromTsMls(state)
}

/** The main job with one cipher suite, from the group to the next epoch. */
export async function story(report: Report, suite: SuiteId, revision: Revision): Promise<void> {
  const create = (view: TsMlsGroupEpochOptions): Promise<GroupEpoch> =>
    GroupEpoch.create({ revision, ...view })
  report.title(`Cipher suite ${suite} (${suites[suite].short}), draft revision ${revision}`)

  report.heading('1. ts-mls makes a group')
  const group = await makeGroup(suite, names)
  const epochOf = (of: Group, leafIndex: number): Promise<GroupEpoch> => create(viewOf(of, leafIndex))
  const [alice, bob] = [await epochOf(group, ALICE), await epochOf(group, BOB)]
  const [carol, dave] = [await epochOf(group, CAROL), await epochOf(group, DAVE)]
  const [viewOfBob, viewOfCarol] = [viewOf(group, BOB), viewOf(group, CAROL)]
  report.line(names.map((name, leaf) => `${name} is leaf ${leaf}`).join(', '))
  report.line(`group id ${hex(alice.groupId, 16)}, epoch ${alice.epoch}`)

  report.heading('2. Alice seals a message to Bob')
  const message = await alice.seal({
    recipientLeafIndex: BOB,
    applicationData: utf8(text),
    authenticatedData: utf8(data),
  })
  report.line(`${utf8(text).length} bytes of text, ${data.length} of authenticated data "${data}"`)
  report.line(`${message.length} bytes on the wire (lengths count the length prefixes):`)
  report.wire(message, names)

  report.heading('3. Bob opens it')
  await report.opens('Bob', bob, message, { from: ALICE, text, data })

  report.heading('4. Nobody else can')
  await report.refuses('not-for-this-member', 'Carol opens it as it is', carol, message)
  const toCarol = readdressed(message, CAROL)
  await report.refuses('sender-auth-data', 'Carol writes her own leaf into the header', carol, toCarol)
  const posing = await create(impostor(viewOfCarol, BOB, viewOfCarol))
  await report.refuses('content', "Carol's client poses as Bob's, with the PSK of the group", posing, message)
  await report.refuses('not-for-this-member', 'Alice opens her own message', alice, message)
  const own = viewOf(await makeGroup(suite, ['Mallory']), 0)
  await report.refuses('unknown-group', 'Mallory, with a group of her own', await create(own), message)
  const guessing = await create(outsider(viewOfBob, BOB, own))
  await report.refuses('sender-auth-data', "Mallory, as Bob's leaf, with a guessed secret", guessing, message)

  report.heading('5. Bob refuses tampered copies: one bit turned, field by field')
  const [whole, signed] = ['content', 'signature'] as const
  const codes = {
    version: 'malformed',
    wireFormat: 'malformed',
    groupId: 'unknown-group',
    epoch: 'epoch-expired',
    recipientLeafIndex: 'not-for-this-member',
    authenticatedData: signed,
    encryptedSenderAuthData: 'sender-auth-data',
    // The signature of revision 00 does not cover the content; the AEAD does.
    ciphertext: revision === '00' ? whole : signed,
  } as const
  for (const field of inspect(message)) {
    await report.refuses(codes[field.name], field.name, bob, tampered(message, field))
  }
  await report.refuses('malformed', 'a byte appended', bob, new Uint8Array([...message, 0]))

  report.heading('6. Bob refuses forged senders')
  const forge = async (view: TsMlsGroupEpochOptions): Promise<Uint8Array> => {
    const forger = await create(view)
    return forger.seal({ recipientLeafIndex: BOB, applicationData: utf8('Carol knows already.') })
  }
  const byCarol = await forge(impostor(viewOfCarol, ALICE, viewOfCarol))
  await report.refuses('signature', 'Carol, who knows the PSK of the group, claims to be Alice', bob, byCarol)
  const byMallory = await forge(outsider(viewOfCarol, ALICE, own))
  await report.refuses('sender-auth-data', 'Mallory, who does not, claims to be Alice', bob, byMallory)

  report.heading('7. Alice seals one text to all others, each message on its own')
  const fanOut = { from: ALICE, text: 'Dinner at seven.' }
  const recipients = { recipientLeafIndices: [BOB, CAROL, DAVE], applicationData: utf8(fanOut.text) }
  const epochs = [alice, bob, carol, dave]
  for await (const { recipientLeafIndex, message } of alice.sealEach(recipients)) {
    const epoch = epochs[recipientLeafIndex] ?? alice
    await report.opens(`${names[recipientLeafIndex]} (${message.length} bytes)`, epoch, message, fanOut)
  }

  report.heading('8. Dave commits: the group moves on')
  const after = await commit(group, DAVE)
  const [nextAlice, nextBob] = [await epochOf(after, ALICE), await epochOf(after, BOB)]
  report.line(`epoch ${alice.epoch} is now epoch ${nextAlice.epoch}, with new secrets`)
  await report.refuses('epoch-expired', "Alice's first message again", nextBob, message)
  const later = { from: ALICE, text: 'The cake is lovely.' }
  const next = await nextAlice.seal({ recipientLeafIndex: BOB, applicationData: utf8(later.text) })
  await report.refuses('epoch-ahead', 'a new message, before Bob has processed the commit', bob, next)
  await report.opens('Bob, after it', nextBob, next, later)
}
