import * as postQuantumTasks from '../../post-quantum/tasks.js'

Object.assign(globalThis, { postQuantumTasks })
document.querySelector('#ready')?.append('ready')
