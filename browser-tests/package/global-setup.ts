import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildDemo, bundlePages } from './bundle.js'
import { makeConsumer } from './consumer.js'
import { buildViteExample, layOutExamples } from './examples.js'
import { consumerVariable } from './served.js'

/** Runs once, after the engines were found; what it returns runs after the last test. */
export default async function globalSetup(): Promise<() => void> {
  const consumer = mkdtempSync(join(tmpdir(), 'mtm-consumer-'))
  const remove = (): void => rmSync(consumer, { recursive: true, force: true, maxRetries: 3 })
  try {
    await makeConsumer(consumer)
    await bundlePages(consumer, join(consumer, 'pages'))
    await buildDemo(join(consumer, 'demo'))
    layOutExamples(consumer)
    await buildViteExample(consumer)
  } catch (error) {
    remove()
    throw error
  }
  process.env[consumerVariable] = consumer
  return remove
}
