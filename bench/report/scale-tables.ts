import { type ReceivingIn, type Scale, titles } from './load.js'
import { decimals, integer, markdownTable } from './markdown.js'

/** One table for each part of `npm run bench:scale`. */
export const scaleTables = ({ fanOut, groups, messages, inboxes }: Scale): Record<string, string> => ({
  'fan-out': markdownTable(
    ['recipients', 'µs per recipient', '× that of 10', 'peak memory, kB'],
    fanOut.map((row) => [
      integer(row.recipients),
      integer(row.microsecondsPerRecipient),
      decimals(row.ratio),
      integer(row.peakMemory),
    ]),
  ),
  groups: markdownTable(
    ['members', 'create, ms', 'seal, µs', 'open, µs'],
    groups.map((row) => [
      integer(row.members),
      decimals(row.createMilliseconds, 1),
      integer(row.sealMicroseconds),
      integer(row.openMicroseconds),
    ]),
  ),
  messages: markdownTable(
    ['bytes', 'revision', 'seal, ms', '× bare', 'open, ms', '× bare'],
    messages.map((row) => [
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
    inboxes.map((row) => [
      integer(row.groups),
      decimals(row.enterMilliseconds, 1),
      integer(row.sameGroupMicroseconds),
      integer(row.otherGroupMicroseconds),
      integer(row.kilobytes),
    ]),
  ),
})

export const receivingTable = (engines: readonly ReceivingIn[]): string =>
  markdownTable(
    ['', 'messages', 'µs each', 'longest block, ms', 'blocks over 50 ms'],
    engines.flatMap(({ engine, count, rows }) =>
      rows.map((row) => [
        `${titles[engine]}, ${row.way}`,
        integer(count),
        integer((1000 * row.milliseconds) / count),
        decimals(row.longestBlock, 1),
        integer(row.longBlocks),
      ]),
    ),
  )
