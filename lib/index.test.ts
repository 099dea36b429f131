import { expect, test } from 'vitest'

/** Loaded by the tests themselves, so that an entry that does not load fails a test. */
const entries = {
  index: () => import('./index.js'),
  'ts-mls': () => import('./stacks/ts-mls.js'),
  'inbox-store': () => import('./inbox/contract/contract.js'),
  'ratchet-tree': () => import('./mls/ratchet-tree.js'),
  capabilities: () => import('./stacks/capabilities.js'),
}

test.each([
  [
    'index',
    [
      'GroupEpoch',
      'Inbox',
      'TargetedMessageError',
      'blocks',
      'inspect',
      'isTargetedMessage',
      'padme',
      'readHeader',
      'supportedCipherSuites',
    ],
  ],
  ['ts-mls', ['fromTsMls']],
  ['inbox-store', ['inboxStoreContract', 'noteSteps']],
  ['ratchet-tree', ['readRatchetTree']],
  [
    'capabilities',
    [
      'extensionTypes',
      'groupRequires',
      'groupSupports',
      'keyPackageSupports',
      'leafNodeSupports',
      'readWireFormats',
      'requiredWireFormats',
      'revisionOf',
      'supportedWireFormats',
      'targetedMessageRevision',
    ],
  ],
] as const)('the entry %s exports these names and no others', async (name, exported) => {
  expect(Object.keys(await entries[name]()).sort()).toEqual(exported)
})
