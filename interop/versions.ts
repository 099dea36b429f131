import { readFileSync } from 'node:fs'

export interface Versions {
  readonly library: string
  readonly openMls: string
  readonly rustCrypto: string
  readonly tsMls1: string
  readonly tsMls2: string
}

/** Of what the run was made with, as the lock files have it. */
export function versions(): Versions {
  const cargo = readFileSync('interop/peer/Cargo.lock', 'utf8')
  const crate = (name: string): string => {
    const found = new RegExp(`name = "${name}"\\nversion = "(.*)"`).exec(cargo)?.[1]
    if (found === undefined) throw new Error(`${name} is not in Cargo.lock`)
    return found
  }
  const manifest = (path: string): string => JSON.parse(readFileSync(`${path}package.json`, 'utf8')).version
  return {
    library: manifest(''),
    openMls: crate('openmls'),
    rustCrypto: crate('openmls_rust_crypto'),
    tsMls1: manifest('node_modules/ts-mls/'),
    tsMls2: manifest('node_modules/ts-mls-2/'),
  }
}
