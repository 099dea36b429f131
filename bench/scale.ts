// npm run bench:scale: how costs grow with recipients, members, bytes and groups, in Node.
import { availableParallelism } from 'node:os'
import { saveJson } from './report/save.js'
import { fanOut } from './scale/fan-out.js'
import { groups } from './scale/groups.js'
import { inboxes } from './scale/inboxes.js'
import { messages } from './scale/messages.js'

const parts = { fanOut, groups, messages, inboxes }
const results: Record<string, unknown> = { version: process.versions.node, cores: availableParallelism() }
for (const [name, run] of Object.entries(parts)) {
  const rows = await run()
  console.log(name)
  console.table(rows)
  results[name] = rows
  saveJson('scale', results)
}
await import('./report.js')
