import { readdirSync, readFileSync } from 'node:fs'
import { sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { GroupEpoch, TargetedMessageError } from '../../lib/index.js'
import { oracleSeal } from '../oracle/oracle.js'
import { text } from '../oracle/wire.js'
import { randomGroup } from '../support/random-group.js'

const sources = readdirSync('lib', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => file.replaceAll(sep, '/'))

test('the library has nothing to log with, nor to send with', () => {
  expect(sources.length).toBeGreaterThan(40)
  for (const file of sources) {
    const code = readFileSync(`lib/${file}`, 'utf8')
    expect(code, file).not.toMatch(/\b(console|fetch|XMLHttpRequest|WebSocket|sendBeacon|localStorage)\b/)
  }
})

test('BigInt works on public numbers: epochs, lengths, and points of public keys', () => {
  const users = sources.filter((file) => /\bBigInt[.(]|\d+n\b/.test(readFileSync(`lib/${file}`, 'utf8')))
  expect(users.sort()).toEqual([
    'check-argument.ts',
    'crypto/curves.ts',
    'crypto/ec-point.ts',
    'epoch/public-state.ts',
    'inbox/contract/changes.ts',
    'inbox/contract/instances.ts',
    'inbox/contract/notes.ts',
    'inbox/window.ts',
    'tls/writer.ts',
  ])
})

/** An error and its causes, as somebody would log them. */
function told(error: unknown): string {
  const own = error instanceof Error ? `${error.message} ${error.stack}` : String(error)
  return error instanceof Error && error.cause !== undefined ? `${own} ${told(error.cause)}` : own
}

describe('errors carry no key and no content', () => {
  const forms = (secret: Uint8Array) => [
    Buffer.from(secret).toString('hex'),
    Buffer.from(secret).toString('base64url'),
    secret.join(),
  ]

  test.each([1, 2])('of create, suite %i', async (cipherSuite) => {
    const group = await randomGroup({ cipherSuite })
    const [own, other] = [group.as(0), group.as(1)]
    const wrong = [
      { ...own, self: { ...other.self, leafIndex: 0 } },
      { ...own, self: { ...own.self, signaturePrivateKey: other.self.signaturePrivateKey } },
      { ...own, exporterSecret: own.exporterSecret.subarray(1) },
    ]
    for (const options of wrong) {
      const error: unknown = await GroupEpoch.create(options).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(TargetedMessageError)
      const { encryptionPrivateKey, signaturePrivateKey } = options.self
      for (const secret of [encryptionPrivateKey, signaturePrivateKey, options.exporterSecret]) {
        for (const form of forms(secret)) expect(told(error)).not.toContain(form)
      }
    }
  })

  test('of open', async () => {
    const group = await randomGroup({ cipherSuite: 2 })
    const bob = await GroupEpoch.create(group.as(1))
    const content = text('a secret that nobody tells')
    const framed = Uint8Array.of(content.length, ...content, 1)
    const message = await oracleSeal(group.as(0), { recipientLeafIndex: 1, content: framed })
    const error: unknown = await bob.open(message).catch((reason: unknown) => reason)
    expect(error).toHaveProperty('code', 'padding')
    for (const form of [...forms(content), 'a secret']) expect(told(error)).not.toContain(form)
  })
})
