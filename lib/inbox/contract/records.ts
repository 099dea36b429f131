import { GroupEpoch } from '../../epoch/group-epoch.js'
import type { GroupEpochRecord } from '../../epoch/record.js'
import type { Bytes } from '../../tls/bytes.js'
import type { GroupChange, KeptEpoch, KeptGroup, Note } from '../store.js'

let storageKey: Promise<CryptoKey> | undefined

/** All records are made with it, so that stores that serialize them can be tested. */
export const contractStorageKey = (): Promise<CryptoKey> => {
  storageKey ??= crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  return storageKey
}

/** The record of an epoch of suite 2 with one member, who is at leaf 0. */
export async function makeRecord(groupId: Bytes, epoch: bigint): Promise<GroupEpochRecord> {
  const [encryption, signature] = await Promise.all([
    crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']),
    crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']),
  ])
  const raw = async (key: CryptoKey) => new Uint8Array(await crypto.subtle.exportKey('raw', key))
  const leaf = {
    leafIndex: 0,
    encryptionKey: await raw(encryption.publicKey),
    signatureKey: await raw(signature.publicKey),
  }
  const created = await GroupEpoch.create({
    revision: '01',
    cipherSuite: 2,
    groupId,
    epoch,
    storageKey: await contractStorageKey(),
    exporterSecret: crypto.getRandomValues(new Uint8Array(32)),
    members: [leaf],
    self: {
      leafIndex: 0,
      encryptionPrivateKey: encryption.privateKey,
      signaturePrivateKey: signature.privateKey,
    },
  })
  return created.export()
}

/** A group with these epochs, newest first. Stamps are their numbers, unless another is given. */
export function groupOf(groupId: Bytes, epochs: readonly bigint[], stamp?: string): KeptGroup {
  const kept = epochs.map((epoch, i): KeptEpoch => {
    return { epoch, endedAt: i === 0 ? undefined : 1000 - i, stamp: stamp ?? String(epoch) }
  })
  return { groupId, leafIndex: 0, epochs: kept }
}

/** A change that keeps these epochs, and stores a record of the newest. */
export const entering =
  (record: GroupEpochRecord, group: KeptGroup): (() => GroupChange) =>
  () => ({ group, record })

/** A new mark with each call. */
export const newMark = (): Bytes => crypto.getRandomValues(new Uint8Array(16))

/** A note of a message in an epoch of {@link groupOf}. */
export const noteOf = (groupId: Bytes, epoch: bigint, note: Partial<Note> = {}): Note => ({
  groupId,
  epoch,
  stamp: String(epoch),
  mark: newMark(),
  step: 'mark',
  ...note,
})
