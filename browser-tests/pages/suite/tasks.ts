// For the page that has its library from elsewhere.
import * as tasks from '../../tasks/index.js'

globalThis.tasks = tasks
