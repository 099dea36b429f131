import { expect, test } from 'vitest'
import * as index from './index.js'

test('the main entry exports these names and no others', () => {
  expect(Object.keys(index).sort()).toEqual([
    'GroupEpoch',
    'Inbox',
    'TargetedMessageError',
    'blocks',
    'inspect',
    'isTargetedMessage',
    'padme',
    'readHeader',
    'supportedCipherSuites',
  ])
})
