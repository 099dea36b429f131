import { setTimeout as delay } from 'node:timers/promises'
import { openProfile } from './driver/profile.js'
import { launch } from './driver/launch.js'
import { engineNamed } from './engines/table.js'
import { test } from './inbox/fixtures.js'
import { startLog } from './inbox/log-server.js'
test('t', async ({ pageUrl }, { project }) => {
  test.setTimeout(300000)
  const { name } = engineNamed(project.name)
  for (const ms of [0, 5, 10, 15, 20, 25, 30, 40, 50, 60]) {
    const p = openProfile(undefined)
    const log = await startLog<string>()
    let b = await launch(name, { profile: p.directory })
    let page = await b.newPage(); await page.open(pageUrl)
    const next = log.next()
    page.run(async (url) => {
      await fetch(url, { method: 'POST', body: '"go"' })
      const o = indexedDB.open('a', 1)
      o.onupgradeneeded = () => { for (const s of ['x', 'y', 'z']) o.result.createObjectStore(s) }
      o.onsuccess = () => { fetch(url, { method: 'POST', body: '"opened"' }) }
      await new Promise(() => {})
    }, log.url).catch(() => undefined)
    await next
    await delay(ms)
    await b.kill()
    b = await launch(name, { profile: p.directory })
    page = await b.newPage(); await page.open(pageUrl)
    const opens = async () => {
      const out: string[] = []
      const dbs = await indexedDB.databases()
      out.push(JSON.stringify(dbs))
      for (const v of [1, 1, 2]) out.push(await new Promise<string>((res) => {
        const o = indexedDB.open('a', v); let up = ''
        o.onupgradeneeded = (e) => { up = `upgrade from ${e.oldVersion} had ${[...o.result.objectStoreNames]} `; if (e.oldVersion === 0) for (const s of ['x', 'y', 'z']) o.result.createObjectStore(s) }
        o.onsuccess = () => { res(up + 'ok ' + o.result.version + ' ' + [...o.result.objectStoreNames]); o.result.close() }
        o.onerror = () => res(up + 'error ' + o.error)
        o.onblocked = () => res(up + 'blocked')
      }))
      return out
    }
    console.log(ms, log.lines, JSON.stringify(await page.run(opens)))
    await b.close(); await log.close(); p.discard()
  }
})
