/** Looking for secrets in everything that a browser left on the disk. */

import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Any 16 bytes of a secret in a row count: a database may compress, and thereby cut up what it cannot compress. The
 * same for 16 characters of its base64, as keys have it in a JWK.
 */
const windowLength = 16

export interface Scan {
  readonly files: number
  readonly bytes: number
  /** Name of a secret to the files that have it; a secret that was not found is not in it. */
  readonly found: ReadonlyMap<string, readonly string[]>
}

export function scanProfile(directory: string, secrets: ReadonlyMap<string, Uint8Array>): Scan {
  const windows = windowsOf(secrets)
  const found = new Map<string, string[]>()
  let files = 0
  let bytes = 0
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const content = readFileSync(pathOf(entry))
    files += 1
    bytes += content.length
    for (const name of namesIn(content, windows)) {
      found.set(name, [...(found.get(name) ?? []), pathOf(entry).slice(directory.length + 1)])
    }
  }
  return { files, bytes, found }
}

const pathOf = ({ parentPath, name }: Dirent): string => join(parentPath, name)

interface Window {
  readonly name: string
  readonly bytes: Buffer
}

/** By their first four bytes, so that a pass over a file looks at most places once. */
function windowsOf(secrets: ReadonlyMap<string, Uint8Array>): ReadonlyMap<number, readonly Window[]> {
  const windows = new Map<number, Window[]>()
  for (const [name, secret] of secrets) {
    const raw = Buffer.from(secret)
    for (const form of [raw, ...['base64', 'base64url'].map((how) => encoded(raw, how))]) {
      for (let at = 0; at + windowLength <= form.length; at++) {
        const bytes = form.subarray(at, at + windowLength)
        const start = bytes.readInt32LE()
        windows.set(start, [...(windows.get(start) ?? []), { name, bytes }])
      }
    }
  }
  return windows
}

/** Without the last characters, which depend on what follows. */
const encoded = (raw: Buffer, how: string): Buffer =>
  Buffer.from(
    raw.subarray(0, raw.length - (raw.length % 3)).toString(how === 'base64' ? 'base64' : 'base64url'),
  )

function namesIn(content: Buffer, windows: ReadonlyMap<number, readonly Window[]>): ReadonlySet<string> {
  const firstTwo = new Uint8Array(65536)
  for (const start of windows.keys()) firstTwo[start & 0xffff] = 1
  const names = new Set<string>()
  for (let at = 0; at + windowLength <= content.length; at++) {
    if (firstTwo[(content[at] ?? 0) | ((content[at + 1] ?? 0) << 8)] === 0) continue
    for (const { name, bytes } of windows.get(content.readInt32LE(at)) ?? []) {
      if (bytes.equals(content.subarray(at, at + windowLength))) names.add(name)
    }
  }
  return names
}
