/** Using up what an origin may store, in a dedicated worker: a file may grow there without being written. */

interface SyncAccessHandle {
  truncate(size: number): void
  flush(): void
  close(): void
}

const name = 'filler'

let handle: SyncAccessHandle | undefined

export type FillQuota = {
  /** Bytes that stay free, about. */
  readonly leave: number
}

/** Returns how large the file became, and with what the engine refused more. */
export async function fillQuota({ leave }: FillQuota): Promise<{ bytes: number; refusal: string }> {
  const root = await navigator.storage.getDirectory()
  const file = await root.getFileHandle(name, { create: true })
  if (!('createSyncAccessHandle' in file && typeof file.createSyncAccessHandle === 'function')) {
    throw new Error('no createSyncAccessHandle')
  }
  const access: SyncAccessHandle = await file.createSyncAccessHandle()
  handle = access
  let bytes = 0
  let refusal = 'none'
  // 2^40 bytes to 4 KiB.
  for (let step = 2 ** 40; step >= 4096; step /= 2) {
    try {
      access.truncate(bytes + step)
      access.flush()
      bytes += step
    } catch (error) {
      refusal = error instanceof DOMException ? error.name : String(error)
    }
  }
  bytes = Math.max(0, bytes - leave)
  access.truncate(bytes)
  access.flush()
  return { bytes, refusal }
}

export async function releaseQuota(): Promise<void> {
  handle?.truncate(0)
  handle?.flush()
  handle?.close()
  await (await navigator.storage.getDirectory()).removeEntry(name)
}
