import type { GroupEpochRecord } from '../epoch/record.js'
import { fail, TargetedMessageError } from '../errors.js'
import { equalBytes } from '../tls/bytes.js'
import type { Kept } from './window.js'

/**
 * Reads a stored record. Throws `storage` whatever is wrong with it, and `unsupported-cipher-suite`
 * where its suite is not described; also if it is of another group, epoch or leaf: who can
 * write to the disk could put a record of one epoch into the place of another.
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
    // Nothing is wrong with what is stored.
    if (cause instanceof TargetedMessageError && cause.code === 'unsupported-cipher-suite') throw cause
    const why = cause instanceof Error ? cause.message : ''
    throw fail('storage', `the stored epoch ${kept.epoch} cannot be read: ${why}`, cause)
  }
}
