import * as deliveryTasks from '../../delivery/tasks.js'

Object.assign(globalThis, { deliveryTasks })
document.querySelector('#ready')?.append('ready')
