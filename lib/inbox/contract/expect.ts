import type { GroupEpochRecord } from '../../epoch/record.js'

/** Throws unless both are the same as plain data: byte strings by their bytes, keys by their kind. */
export function expectSame(found: unknown, wanted: unknown, what: string): void {
  const [a, b] = [plain(found), plain(wanted)]
  if (a !== b) throw new Error(`${what}: ${a}, not ${b}`)
}

/** Throws unless the promise rejects; returns what it rejects with. */
export async function expectRejection(promise: Promise<unknown>, what: string): Promise<unknown> {
  const [result] = await Promise.allSettled([promise])
  if (result.status === 'rejected') return result.reason
  throw new Error(`${what}: resolved, and should reject`)
}

/** The parts of a record that are the same wherever it is copied. */
export const publicPart = (record: GroupEpochRecord | undefined): object | undefined =>
  record && { ...record, secrets: Object.keys(record.secrets) }

const plain = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'bigint') return `${part}n`
    if (part === Number.POSITIVE_INFINITY) return 'Infinity'
    if (ArrayBuffer.isView(part)) return `bytes ${part}`
    return part
  }) ?? 'undefined'
