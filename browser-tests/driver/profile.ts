import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Set by the global setup to a directory that ends with the run. */
export const profilesVariable = 'MTM_PROFILES'

/** Names the directory to make that one in. */
export const placeVariable = 'MTM_PROFILES_IN'

/**
 * Linux's memory where there is enough of it. On a disk, engines sync all that a page writes, which takes a tenth of the
 * suite's time.
 */
export function placeInMemory(): string {
  const memory = '/dev/shm'
  try {
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize > 2 ** 31 ? memory : tmpdir()
  } catch {
    return tmpdir()
  }
}

export interface Profile {
  readonly directory: string
  /** Removes a profile made here; one that the caller named stays. */
  discard(): void
}

/** The directory a browser keeps everything in: the caller's, or one that ends with this process. */
export function openProfile(directory: string | undefined): Profile {
  if (directory !== undefined) return { directory, discard: () => undefined }
  const own = mkdtempSync(join(process.env[profilesVariable] ?? tmpdir(), 'mtm-profile-'))
  const discard = (): void => {
    process.off('exit', discard)
    rmSync(own, { recursive: true, force: true, maxRetries: 3 })
  }
  process.on('exit', discard)
  return { directory: own, discard }
}
