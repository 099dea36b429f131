import type { EngineName } from '../engines/table.js'
import type { ForOthers } from '../tasks/seal-for-others.js'

/** Set by the global setup to the address of the exchange. */
export const exchangeVariable = 'MTM_EXCHANGE'

/** What that engine sealed in this run: the same messages for every project that asks. */
export async function sealedBy(engine: EngineName): Promise<ForOthers> {
  const response = await fetch(`${process.env[exchangeVariable]}/${engine}`)
  const text = await response.text()
  if (!response.ok) throw new Error(`${engine} sealed nothing: ${text}`)
  return JSON.parse(text)
}
