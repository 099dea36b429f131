// What the page of `npm run bench:browsers` offers to the driver.
import { measure } from './measure.js'
import { measurePostQuantum } from './post-quantum.js'
import { profile } from './profile.js'
import { receiveMany } from './receiving.js'

const offered = { measure, measurePostQuantum, profile, receiveMany }

declare global {
  var benchmark: typeof offered
}

globalThis.benchmark = offered
const ready = document.getElementById('ready')
if (ready !== null) ready.textContent = 'ready'
