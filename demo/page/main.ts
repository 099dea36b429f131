/** The page: opens this tab's members, and begins again when the visitor wants another group. */

import { find, report } from '../dom.js'
import { keepOffline } from '../offline.js'
import { isFull } from '../reason.js'
import { chosenRoom, offerEngine } from './engine.js'
import { offerForgery } from './forgery-view.js'
import { notice } from './notice.js'
import { start, startAnew } from './session.js'
import { offerThemes } from './theme.js'

const status = find('status', HTMLParagraphElement)

find('anew', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault()
  void report(status, 'A new group is being made …', async () => {
    const room = chosenRoom()
    return orSay(() => startAnew(room))
  })
})
// A page from the back-forward cache has no connection, its transactions were aborted, and other tabs may have its members.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload()
})
offerThemes(find('theme', HTMLFieldSetElement))
void report(status, 'The group is being made …', () => orSay(async () => start(await offerEngine())))
offerForgery()
void keepOffline()

/** Without a group, the page says in its place what to do. */
async function orSay(open: () => Promise<string>): Promise<string> {
  try {
    return await open()
  } catch (error) {
    const again = { label: 'Try again', go: () => location.reload() }
    const why = isFull(error)
      ? 'The disk is full, and this browser opens nothing then. What is stored stays. Make room, and try again.'
      : 'The group could not be opened; the reason stands above. If it stays, start a new group below.'
    notice(why, again)
    throw error
  }
}
