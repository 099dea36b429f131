import type { GroupEpochRecord } from '../epoch/record.js'
import { fail, TargetedMessageError } from '../errors.js'
import { equalBytes } from '../tls/bytes.js'
import type { Kept } from './window.js'

/**
 * Reads a stored record. Throws `unsupported-cipher-suite` if its suite is not described, and `storage` for anything else that
 * is wrong with it. That includes a record of another group, epoch or leaf: somebody who can write to the disk could exchange
 * records.
 */
export async function readStored<T>(
  record: GroupEpochRecord | undefined,
  { group, kept }: Kept,
  read: (record: GroupEpochRecord) => Promise<T>,
): Promise<T> {
  try {
    if (!record) throw fail('storage', 'its keys are missing')
    const isInPlace =
      record.epoch === kept.epoch &&
      record.leafIndex === group.leafIndex &&
      equalBytes(record.groupId, group.groupId)
    if (!isInPlace) throw fail('storage', 'the record is of another group, epoch or leaf')
    return await read(record)
  } catch (cause) {
    // The record itself is all right.
    if (cause instanceof TargetedMessageError && cause.code === 'unsupported-cipher-suite') throw cause
    const why = cause instanceof Error ? cause.message : ''
    throw fail('storage', `the stored epoch ${kept.epoch} cannot be read: ${why}`, cause)
  }
}
