import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is read here of a package.json. */
export interface Manifest {
  readonly name: string
  readonly homepage?: string
  readonly bugs?: { readonly url: string }
  readonly dependencies?: Record<string, string>
  readonly peerDependencies?: Record<string, string>
  readonly peerDependenciesMeta?: Record<string, { readonly optional?: boolean }>
  readonly optionalDependencies?: Record<string, string>
  readonly bundledDependencies?: readonly string[]
  readonly bundleDependencies?: readonly string[]
  readonly exports: Record<string, string | { readonly types: string; readonly default: string }>
}

export const manifestOf = (directory: string): Manifest =>
  JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
