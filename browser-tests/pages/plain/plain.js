// @ts-expect-error: served beside this file, from the package
import * as library from './package/dist/mls-targeted-messages.min.js'

globalThis.library = library
const ready = document.getElementById('ready')
if (ready !== null) ready.textContent = 'tasks' in globalThis ? 'ready' : 'tasks.js did not run'
