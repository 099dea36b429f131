import { make } from '../dom.js'

/** By section 8 of the draft, in the order of the columns: delivery service, another member, recipient. */
const facts = [
  ['Group and epoch', 'yes', 'yes', 'yes'],
  ['The recipient’s leaf', 'yes', 'yes', 'yes'],
  ['Authenticated data', 'yes', 'yes', 'yes'],
  ['The sender, and that it signed', 'no', 'yes', 'yes'],
  ['The content', 'no', 'no', 'yes'],
  ['Its length', 'padded', 'padded', 'yes'],
] as const

const signs = { yes: '✓', no: '–', padded: '≈' } as const

export function knowledgeView(recipient: string): HTMLElement {
  const columns = ['', 'Delivery service', 'Another member', recipient]
  const head = columns.map((title) => (title === '' ? make('td', '') : header('col', title)))
  const rows = facts.map(([fact, ...learn]) =>
    make(
      'tr',
      '',
      header('row', fact),
      ...learn.map((answer) => make('td', `learns ${answer}`, make('span', 'sign', signs[answer]), answer)),
    ),
  )
  return make('table', 'knowledge', make('thead', '', make('tr', '', ...head)), make('tbody', '', ...rows))
}

function header(scope: 'col' | 'row', title: string): HTMLElement {
  const cell = make('th', '', title)
  cell.setAttribute('scope', scope)
  return cell
}
