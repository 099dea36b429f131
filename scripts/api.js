// npm run api: writes docs/api-report/ again, from the declarations of lib/ as they are.
import { apiReports } from './api-report.js'
import { buildDist } from './dist.js'

await buildDist()
const changed = apiReports('write')
console.log(
  changed.length === 0 ? 'API report: nothing changed.' : `API report, written: ${changed.join(', ')}`,
)
