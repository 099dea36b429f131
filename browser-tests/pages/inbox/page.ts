import * as inboxTasks from '../../inbox/tasks/index.js'

Object.assign(globalThis, { inboxTasks })
