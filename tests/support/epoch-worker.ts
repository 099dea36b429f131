import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import type { GroupEpochRecord } from '../../lib/index.js'

/** What the thread does: an epoch of the record, and the text of the message. */
const source = `
  import { parentPort } from 'node:worker_threads'
  import { GroupEpoch } from './lib/index.ts'
  parentPort.once('message', async ({ record, storageKey, message }) => {
    try {
      const epoch = await GroupEpoch.from(record, { storageKey })
      const { applicationData } = await epoch.open(message)
      parentPort.postMessage(new TextDecoder().decode(applicationData))
    } catch (error) {
      parentPort.postMessage(String(error.code))
    }
  })`

/** Opens the message in a thread of its own, with nothing but the record; gives the text, or the code of the error. */
export async function openInWorker(work: {
  readonly record: GroupEpochRecord
  readonly storageKey?: CryptoKey
  readonly message: Uint8Array
}): Promise<string> {
  const built = await build({
    stdin: { contents: source, resolveDir: process.cwd() },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  })
  const code = built.outputFiles[0]?.text ?? ''
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`))
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('messageerror', reject)
      worker.once('error', reject)
      worker.postMessage(work)
    })
  } finally {
    await worker.terminate()
  }
}
