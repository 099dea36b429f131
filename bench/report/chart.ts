import type { Results } from '../results.js'
import { type ResultsByEngine, titles } from './load.js'

const series = [
  { start: 'the floor', label: 'the floor', colour: '#9aa5b1' },
  { start: 'ours, revision 00', label: 'this library', colour: '#0b7285' },
  { start: 'composed', label: 'composed on hpke-js', colour: '#e8590c' },
]

const BAR = 14
const GAP = 16
const LEFT = 190
const WIDTH = 860

/** Horizontal bars: µs per message one after another, for each engine, suite and operation. */
export function chart(results: ResultsByEngine): string {
  const groups = [...results].flatMap(([engine, measured]) =>
    [1, 2].flatMap((suite) =>
      ['seal', 'open'].map((operation) => ({
        title: `${titles[engine]}, suite ${suite}, ${operation}`,
        values: series.map(({ start }) => microseconds(measured, suite, operation, start)),
      })),
    ),
  )
  const most = Math.max(1, ...groups.flatMap(({ values }) => values))
  const scale = (WIDTH - LEFT - 80) / most
  const top = 56
  const height = top + groups.length * (series.length * BAR + GAP)
  const bars = groups.flatMap(({ title, values }, g) => {
    const y = top + g * (series.length * BAR + GAP)
    const middle = y + (series.length * BAR) / 2 + 4
    return [
      text(LEFT - 10, middle, title, 'end'),
      ...values.flatMap((value, i) => [
        rect(LEFT, y + i * BAR, value * scale, BAR - 2, series[i]?.colour ?? ''),
        text(LEFT + value * scale + 6, y + i * BAR + BAR - 4, `${Math.round(value)}`, 'start'),
      ]),
    ]
  })
  const legend = series.flatMap(({ label, colour }, i) => [
    rect(LEFT + i * 190, 30, 12, 12, colour),
    text(LEFT + i * 190 + 18, 40, label, 'start'),
  ])
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif" font-size="11" role="img">`,
    '<title>µs per message, one after another: less is better</title>',
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    text(LEFT, 18, 'µs per message of 256 bytes, one after another: less is better', 'start'),
    ...legend,
    ...bars,
    '</svg>\n',
  ].join('\n')
}

const microseconds = ({ rows }: Results, suite: number, operation: string, start: string): number =>
  rows.find(
    (row) =>
      row.cipherSuite === suite &&
      row.mode === 'one after another' &&
      row.operation === operation &&
      row.name.startsWith(start),
  )?.microseconds ?? 0

const rect = (x: number, y: number, width: number, height: number, fill: string): string =>
  `<rect x="${x}" y="${y}" width="${width.toFixed(1)}" height="${height}" fill="${fill}"/>`

const text = (x: number, y: number, content: string, anchor: string): string =>
  `<text x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}" fill="#212529">${content}</text>`
