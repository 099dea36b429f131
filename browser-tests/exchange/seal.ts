import { launch } from '../driver/launch.js'
import type { EngineName } from '../engines/table.js'
import { openSuitePage, packageMounts } from '../package/served.js'
import { serve } from '../server.js'
import type { ForOthers } from '../tasks/seal-for-others.js'

/** Messages of suites 1 and 2, sealed in a browser of that engine, which ends with it. */
export async function sealIn(engine: EngineName): Promise<ForOthers> {
  const server = await serve({ mounts: packageMounts() })
  try {
    const browser = await launch(engine)
    try {
      const page = await browser.newPage()
      await openSuitePage(page, `${server.origin}/`)
      return await page.run(() => tasks.sealForOthers(library, [1, 2]))
    } finally {
      await browser.close()
    }
  } finally {
    await server.close()
  }
}
