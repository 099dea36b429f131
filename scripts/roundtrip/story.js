import { GroupEpoch, inspect } from 'mls-targeted-messages'
import { fromTsMls } from 'mls-targeted-messages/ts-mls'
import { impostor, outsider, readdressed, tampered } from '../../demo/scenario/attacks.js'
import { hex } from '../../demo/scenario/fields.js'
import { commit, makeGroup } from '../../demo/scenario/group.js'
import { suites } from '../../demo/scenario/suites.js'

/**
 * @typedef {import('./report.js').Report} Report
 * @typedef {import('mls-targeted-messages').Revision} Revision
 * @typedef {import('../../demo/scenario/group.js').Group} Group
 * @typedef {import('../../demo/scenario/attacks.js').EpochOptions} EpochOptions
 */

const names = ['Alice', 'Bob', 'Carol', 'Dave']
const [ALICE, BOB, CAROL, DAVE] = /** @type {const} */ ([0, 1, 2, 3])

const text = 'Bob, the surprise party for Carol starts at eight. Please bring the cake, and do not tell her.'
const data = 'sent 2025-06-01'
const utf8 = (/** @type {string} */ string) => new TextEncoder().encode(string)

/** Every member's view of the group, as the library takes it. */
const viewsOf = (/** @type {Group} */ { states }) =>
  /** @type {[EpochOptions, EpochOptions, EpochOptions, EpochOptions]} */ (
    states.map((state) => fromTsMls(state))
  )

/**
 * The main job with one cipher suite, from the group to the next epoch.
 *
 * @param {Report} report
 * @param {import('../../demo/scenario/suites.js').SuiteId} suite
 * @param {Revision} revision
 */
export async function story(report, suite, revision) {
  const create = (/** @type {EpochOptions} */ view) => GroupEpoch.create({ revision, ...view })
  report.title(`Cipher suite ${suite} (${suites[suite].short}), draft revision ${revision}`)

  report.heading('1. ts-mls makes a group')
  const group = await makeGroup(suite, names)
  const views = viewsOf(group)
  const [alice, bob, carol, dave] = await Promise.all([...views.map(create)])
  if (!alice || !bob || !carol || !dave) throw new Error('the group has four members')
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
  const posing = await create(impostor(views[CAROL], BOB, views[CAROL]))
  await report.refuses('content', "Carol's client poses as Bob's, with the PSK of the group", posing, message)
  await report.refuses('not-for-this-member', 'Alice opens her own message', alice, message)
  const own = fromTsMls(/** @type {any} */ ((await makeGroup(suite, ['Mallory'])).states[0]))
  await report.refuses('unknown-group', 'Mallory, with a group of her own', await create(own), message)
  const guessing = await create(outsider(views[BOB], BOB, own))
  await report.refuses('sender-auth-data', "Mallory, as Bob's leaf, with a guessed secret", guessing, message)

  report.heading('5. Bob refuses tampered copies: one bit turned, field by field')
  const [whole, signed] = /** @type {const} */ (['content', 'signature'])
  const codes = /** @type {const} */ ({
    version: 'malformed',
    wireFormat: 'malformed',
    groupId: 'unknown-group',
    epoch: 'epoch-expired',
    recipientLeafIndex: 'not-for-this-member',
    authenticatedData: signed,
    encryptedSenderAuthData: 'sender-auth-data',
    // The signature of revision 00 does not cover the content; the AEAD does.
    ciphertext: revision === '00' ? whole : signed,
  })
  for (const field of inspect(message)) {
    await report.refuses(codes[field.name], field.name, bob, tampered(message, field))
  }
  await report.refuses('malformed', 'a byte appended', bob, new Uint8Array([...message, 0]))

  report.heading('6. Bob refuses forged senders')
  const forge = async (/** @type {EpochOptions} */ view) => {
    const forger = await create(view)
    return forger.seal({ recipientLeafIndex: BOB, applicationData: utf8('Carol knows already.') })
  }
  const byCarol = await forge(impostor(views[CAROL], ALICE, views[CAROL]))
  await report.refuses('signature', 'Carol, who knows the PSK of the group, claims to be Alice', bob, byCarol)
  const byMallory = await forge(outsider(views[CAROL], ALICE, own))
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
  const [nextAlice, nextBob] = await Promise.all(viewsOf(await commit(group, DAVE)).map(create))
  if (!nextAlice || !nextBob) throw new Error('the group has four members')
  report.line(`epoch ${alice.epoch} is now epoch ${nextAlice.epoch}, with new secrets`)
  await report.refuses('epoch-expired', "Alice's first message again", nextBob, message)
  const later = { from: ALICE, text: 'The cake is lovely.' }
  const next = await nextAlice.seal({ recipientLeafIndex: BOB, applicationData: utf8(later.text) })
  await report.refuses('epoch-ahead', 'a new message, before Bob has processed the commit', bob, next)
  await report.opens('Bob, after it', nextBob, next, later)
}
