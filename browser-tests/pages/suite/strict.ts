// The page itself does it all: what the driver runs may be exempt from the policy.
import * as library from 'mls-targeted-messages'
import { makeCouple } from '../../tasks/couples.js'
import { bothCurves } from '../../tasks/library.js'
import { talk } from '../../tasks/talk.js'

const heard = []
for (const suite of bothCurves) heard.push(await talk(library, await makeCouple(suite)))
const result = document.getElementById('result')
if (result !== null) result.textContent = JSON.stringify(heard)
