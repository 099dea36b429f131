import type { Revision } from 'mls-targeted-messages'
import { revisions } from '../../tests/support/suites.js'
import { median } from '../measure.js'
import { type Bytes, randomBytes } from '../world.js'
import { largeGroup, timed } from './large-group.js'

export type MessageRow = {
  readonly bytes: number
  readonly revision: Revision
  readonly sealMilliseconds: number
  readonly openMilliseconds: number
  /** Relative to AES-GCM of as many bytes, and one hash of them for revisions 01 and 02. */
  readonly sealRatio: number
  readonly openRatio: number
}

/** Long messages, compared with their encryption and hash alone. */
export async function messages(): Promise<MessageRow[]> {
  const rows: MessageRow[] = []
  const { world, epoch } = await largeGroup(2)
  for (const length of [1, 1024, 65_536, 2 ** 20, 2 ** 24]) {
    const data = randomBytes(length)
    const bare = await bareCosts(data)
    for (const revision of revisions) {
      const [from, to] = await Promise.all([epoch(world.alice, revision), epoch(world.bob, revision)])
      const seal = () => from.seal({ recipientLeafIndex: 1, applicationData: data, padding: 0 })
      const message = await seal()
      const open = () => to.open(message)
      const times: number[][] = []
      for (let round = 0; round < (length > 2 ** 20 ? 15 : 40); round += 1) {
        const hash = revision === '00' ? 0 : await timed(bare.digest)
        times.push([
          await timed(seal),
          (await timed(bare.encrypt)) + hash,
          await timed(open),
          (await timed(bare.decrypt)) + hash,
        ])
      }
      const column = (i: number) => median(times.map((line) => line[i] ?? Number.NaN))
      const ratio = (i: number, to: number) => median(times.map((line) => (line[i] ?? 0) / (line[to] ?? 0)))
      rows.push({
        bytes: length,
        revision,
        sealMilliseconds: column(0),
        openMilliseconds: column(2),
        sealRatio: ratio(0, 1),
        openRatio: ratio(2, 3),
      })
    }
  }
  return rows
}

async function bareCosts(data: Bytes) {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, false, ['encrypt', 'decrypt'])
  const gcm = { name: 'AES-GCM', iv: randomBytes(12), additionalData: randomBytes(100) }
  const ciphertext = await crypto.subtle.encrypt(gcm, key, data)
  return {
    encrypt: () => crypto.subtle.encrypt(gcm, key, data),
    decrypt: () => crypto.subtle.decrypt(gcm, key, ciphertext),
    digest: () => crypto.subtle.digest('SHA-256', ciphertext),
  }
}
