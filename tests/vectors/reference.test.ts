import { describe, expect, test } from 'vitest'
import { referenceEpochs } from '../support/epochs.js'
import { expectCode } from '../support/expect-code.js'
import { runtimeSuites } from '../support/runtime.js'
import { referenceMember } from './reference.js'
import { GroupEpoch, type Revision, type TargetedMessageErrorCode } from '../../lib/index.js'
import { allSuites, revisions } from '../support/suites.js'

type Code = TargetedMessageErrorCode

/** What refuses each entry: a code, or one per revision that opens it. */
const codes: Record<string, Code | Partial<Record<Revision, Code>>> = {
  'other group': 'unknown-group',
  'other epoch': 'epoch-ahead',
  'other recipient': 'not-for-this-member',
  'protocol version 2': 'malformed',
  'wire format of PrivateMessage': 'malformed',
  'trailing byte': 'malformed',
  truncated: 'malformed',
  empty: 'malformed',
  'non-minimal length': 'malformed',
  'length prefix 0b11': 'malformed',
  'sender auth data changed': 'sender-auth-data',
  // Its head is the sample that the sender auth data key comes from.
  'ciphertext head changed': 'sender-auth-data',
  'trailing byte in sender auth data': 'malformed',
  'blank sender leaf': 'sender-not-in-group',
  'impersonation by another member': 'signature',
  'signature empty': 'signature',
  'signature of another message': 'signature',
  'signature under another label': 'signature',
  'signature as r||s instead of DER': 'signature',
  'DER signature with trailing byte': 'signature',
  // All of these were changed after signing, and the signature covers them.
  'authenticated data changed': 'signature',
  'kem output shortened': 'signature',
  'kem output empty': 'signature',
  'kem output all zero': 'signature',
  // The signature of 00 covers no ciphertext.
  'ciphertext tag changed': { '00': 'content', '01': 'signature', '02': 'signature' },
  // 00 signs other bytes than 01 and 02, which differ from each other in HPKE's info and aad alone.
  'sealed as revision 00': { '01': 'signature', '02': 'signature' },
  'sealed as revision 01': { '00': 'signature', '02': 'content' },
  'sealed as revision 02': { '00': 'signature', '01': 'content' },
  'non-zero padding': 'padding',
  'application data longer than content': 'malformed',
  'empty content': 'malformed',
  'non-minimal content length': 'malformed',
}

function codeOf(revision: Revision, cipherSuite: number, name: string): Code | undefined {
  // The ciphertext has 41 bytes, so with KDF.Nh = 48 or 64 its tag belongs to the sample (section 5.3).
  if (name === 'ciphertext tag changed' && [5, 7].includes(cipherSuite)) return 'sender-auth-data'
  const code = codes[name]
  return typeof code === 'object' ? code[revision] : code
}

describe.each(revisions)('reference vectors, revision %s', (revision) => {
  describe.each(runtimeSuites)('suite %i', (cipherSuite) => {
    const { group, epochOf } = referenceEpochs(revision, cipherSuite)

    test.each(group.messages)('opens: $name', async (message) => {
      const { senderLeafIndex, applicationData, authenticatedData } = message
      const epoch = await epochOf(message.recipientLeafIndex)
      const opened = await epoch.open(message.targetedMessage)
      expect(opened).toEqual({ senderLeafIndex, applicationData, authenticatedData })
    })

    test.each(group.rejects)('refuses: $name', async ({ name, recipientLeafIndex, targetedMessage }) => {
      const code = codeOf(revision, cipherSuite, name)
      if (code === undefined) return expect.fail(`which code refuses '${name}'?`)
      const epoch = await epochOf(recipientLeafIndex)
      await expectCode(epoch.open(targetedMessage), code)
    })

    test('opens the good ones after all refusals, and at once', async () => {
      const opened = await Promise.all(
        group.messages.map(async ({ recipientLeafIndex, targetedMessage }) => {
          const epoch = await epochOf(recipientLeafIndex)
          return (await epoch.open(targetedMessage)).applicationData
        }),
      )
      expect(opened).toEqual(group.messages.map(({ applicationData }) => applicationData))
    })
  })

  test.each(allSuites.filter((suite) => !runtimeSuites.includes(suite)))(
    'refuses suite %i, which this engine does not run',
    async (cipherSuite) => {
      const { group } = referenceEpochs(revision, cipherSuite)
      await expectCode(GroupEpoch.create(referenceMember(revision, group, 1)), 'unsupported-cipher-suite')
    },
  )
})
