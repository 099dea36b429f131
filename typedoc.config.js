import { entries } from './scripts/entries.js'

/**
 * `npm run docs`: the API reference.
 *
 * @type {Partial<import('typedoc').TypeDocOptions>}
 */
export default {
  name: 'mls-targeted-messages',
  entryPoints: entries.map(({ source }) => source),
  tsconfig: 'tsconfig.json',
  out: 'docs/api',
  readme: 'README.md',
  disableSources: true,
  githubPages: false,
  hideGenerator: true,
  requiredToBeDocumented: [
    'Module',
    'Variable',
    'Function',
    'Class',
    'Interface',
    'Constructor',
    'Property',
    'Method',
    'Accessor',
    'TypeAlias',
    'Enum',
    'EnumMember',
  ],
  intentionallyNotExported: [
    'lib/epoch/members.ts:PackedMembers',
    'lib/epoch/secrets.ts:StoredSecrets',
    'lib/stacks/ts-mls-extensions.ts:TsMlsExtension',
    'lib/crypto/aead.ts:Aead',
    'lib/crypto/kem/kem.ts:Kem',
    'lib/crypto/kem/native-kem.ts:NativeKem',
    'lib/crypto/signature/ml-dsa.ts:MlDsa',
    'lib/crypto/signature/plug-in.ts:SignaturePlugIn',
    'lib/crypto/signature/scheme.ts:SignatureScheme',
    'lib/stacks/ts-mls-suites.ts:TsMlsSuiteParts',
  ],
  validation: {
    notExported: true,
    invalidLink: true,
    invalidPath: true,
    rewrittenLink: true,
    notDocumented: true,
    unusedMergeModuleWith: true,
  },
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
}
