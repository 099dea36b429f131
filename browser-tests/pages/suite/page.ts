import * as library from 'mls-targeted-messages'
import * as tasks from '../../tasks/index.js'
import { markReady } from './ready.js'

Object.assign(globalThis, { library, tasks })
markReady()
