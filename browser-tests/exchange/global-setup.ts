/** One process, the runner's, keeps what each engine sealed for the projects, which are processes of their own. */

import { type EngineName, engineNames } from '../engines/table.js'
import { listen } from '../loopback.js'
import type { ForOthers } from '../tasks/seal-for-others.js'
import { exchangeVariable } from './ask.js'
import { sealIn } from './seal.js'

/** Runs once, after the package is there; nothing is sealed before a project asks. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const sealed = new Map<EngineName, Promise<ForOthers>>()
  const sealedBy = (engine: EngineName): Promise<ForOthers> => {
    const already = sealed.get(engine) ?? sealIn(engine)
    sealed.set(engine, already)
    return already
  }

  const { origin, close } = await listen((request, response) => {
    const engine = engineNames.find((name) => request.url === `/${name}`)
    if (engine === undefined) {
      response.writeHead(404).end()
      return
    }
    sealedBy(engine).then(
      (messages) => response.end(JSON.stringify(messages)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  process.env[exchangeVariable] = origin
  return close
}
