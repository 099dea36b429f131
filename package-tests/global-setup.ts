import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { makeConsumer, type Packed } from '../browser-tests/package/consumer.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** An application's directory, which has the package in its node_modules. */
    consumer: string
    packed: Packed
  }
}

/** Packs the package and makes an application of `consumer/` around it, elsewhere. */
export default async function globalSetup({ provide }: TestProject): Promise<() => void> {
  const consumer = realpathSync(mkdtempSync(join(tmpdir(), 'mtm-package-')))
  const remove = (): void => rmSync(consumer, { recursive: true, force: true, maxRetries: 3 })
  try {
    cpSync(fileURLToPath(new URL('consumer/', import.meta.url)), consumer, { recursive: true })
    provide('packed', await makeConsumer(consumer))
    provide('consumer', consumer)
  } catch (error) {
    remove()
    throw error
  }
  return remove
}
