/** The forgery that revision 00 permits, performed, beside the revisions that refuse it. */

import { performForgery, type Verdict, written } from '../attacker/forgery.js'
import { find, make } from '../dom.js'
import { revisions } from '../scenario/suites.js'

const list = find('forgery', HTMLOListElement)

export function offerForgery(): void {
  find('perform', HTMLButtonElement).addEventListener('click', () => void perform())
}

async function perform(): Promise<void> {
  list.replaceChildren(make('li', 'note', `Alice writes to Bob: “${written}”`))
  for (const revision of revisions) {
    try {
      list.append(verdictView(revision, await performForgery(revision)))
    } catch (error) {
      list.append(
        make('li', 'note', `Revision ${revision}: ${error instanceof Error ? error.message : error}`),
      )
    }
  }
}

function verdictView(revision: string, verdict: Verdict): HTMLElement {
  const isOpened = verdict.kind === 'opened'
  const view = make(
    'li',
    '',
    make('strong', '', `Revision ${revision}: `),
    make('code', isOpened ? 'code alarm' : 'code', isOpened ? 'opened' : verdict.code),
    isOpened ? ` Bob reads “${verdict.text}”, signed by ${verdict.from}.` : ' Bob’s device refuses it.',
  )
  view.dataset['revision'] = revision
  return view
}
