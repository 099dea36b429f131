import type { Scale } from './load.js'
import { decimals, integer, markdownTable, measuredOn } from './markdown.js'

/** One table for each part of `npm run bench:scale`, and the line that tells when it ran. */
export const scaleTables = (scale: Scale): Record<string, string> => ({
  scale: measuredOn(scale.date, `Node ${scale.version}`),
  'fan-out': markdownTable(
    ['recipients', 'µs per recipient', '× that of 10', 'peak memory, kB'],
    scale.fanOut.map((row) => [
      integer(row.recipients),
      integer(row.microsecondsPerRecipient),
      decimals(row.ratio),
      integer(row.peakMemory),
    ]),
  ),
  groups: markdownTable(
    ['members', 'create, ms', 'seal, µs', 'open, µs'],
    scale.groups.map((row) => [
      integer(row.members),
      decimals(row.createMilliseconds, 1),
      integer(row.sealMicroseconds),
      integer(row.openMicroseconds),
    ]),
  ),
  messages: markdownTable(
    ['bytes', 'revision', 'seal, ms', '× bare', 'open, ms', '× bare'],
    scale.messages.map((row) => [
      integer(row.bytes),
      row.revision,
      decimals(row.sealMilliseconds),
      decimals(row.sealRatio),
      decimals(row.openMilliseconds),
      decimals(row.openRatio),
    ]),
  ),
  inboxes: markdownTable(
    ['groups', 'enter, ms', 'same group again, µs', 'another group, µs', 'kB per group'],
    scale.inboxes.map((row) => [
      integer(row.groups),
      decimals(row.enterMilliseconds, 1),
      integer(row.sameGroupMicroseconds),
      integer(row.otherGroupMicroseconds),
      integer(row.kilobytes),
    ]),
  ),
})
