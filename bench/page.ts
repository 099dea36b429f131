// What the page of `npm run bench:browsers` offers to the driver.
import { measure } from './measure.js'
import { profile } from './profile.js'
import { receiveMany } from './receiving.js'

const offered = { measure, profile, receiveMany }

declare global {
  var benchmark: typeof offered
}

globalThis.benchmark = offered
const ready = document.getElementById('ready')
if (ready !== null) ready.textContent = 'ready'
