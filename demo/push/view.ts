import { make } from '../dom.js'
import type { Arrival } from './shelf.js'

export function arrivalView(arrival: Arrival): HTMLElement {
  const open =
    arrival.pages === 0 ? 'no page of the app open' : `pages of the app that were open: ${arrival.pages}`
  if ('refused' in arrival) {
    return make('li', '', make('code', 'code', arrival.refused), make('p', 'note', `${arrival.why}; ${open}`))
  }
  const who = make('p', 'note', 'From ', make('strong', '', arrival.from), `; ${open}`)
  return make('li', '', make('blockquote', '', arrival.text), who)
}
