import {
  type ClientState,
  createCommit,
  createGroup,
  decode as decodeWith,
  defaultCapabilities,
  defaultCredentialTypes,
  defaultExtensionTypes,
  defaultProposalTypes,
  encode,
  type GroupContextExtension,
  generateKeyPackage,
  getCiphersuiteImpl,
  joinGroup,
  type MlsContext,
  type MlsMessage,
  makeCustomExtension,
  mlsMessageDecoder,
  mlsMessageEncoder,
  type Proposal,
  processMessage,
  protocolVersions,
  unsafeTestingAuthenticationService,
  wireformats,
} from 'ts-mls-2'
import {
  type Commit,
  type MlsClient,
  type MlsStack,
  type Newcomer,
  type Profile,
  suiteNames,
} from './stack.js'
import { withWholeKeys } from './whole-keys.js'

export type TsMls2State = ClientState

function decode<W extends MlsMessage['wireformat']>(
  bytes: Uint8Array,
  wireformat: W,
): Extract<MlsMessage, { wireformat: W }> {
  const message = decodeWith(mlsMessageDecoder, bytes)
  if (message?.wireformat !== wireformat) throw new Error(`not of wire format ${wireformat}`)
  return message as Extract<MlsMessage, { wireformat: W }>
}

/** With `required_capabilities`. */
function groupContextExtensions({ groupContext = [] }: Profile): GroupContextExtension[] {
  if (groupContext.length === 0) return []
  const extensionTypes = groupContext.map(({ extensionType }) => extensionType)
  const extensionData = { extensionTypes, proposalTypes: [], credentialTypes: [] }
  return [
    { extensionType: defaultExtensionTypes.required_capabilities, extensionData },
    ...groupContext.map(makeCustomExtension),
  ]
}

/** ts-mls 2.0, release candidate. */
export const tsMls2: MlsStack<TsMls2State> = {
  name: 'ts-mls 2',
  async client(cipherSuite, profile = {}): Promise<MlsClient<TsMls2State>> {
    const impl = await withWholeKeys(cipherSuite, await getCiphersuiteImpl(suiteNames[cipherSuite]))
    const context: MlsContext = { cipherSuite: impl, authService: unsafeTestingAuthenticationService }

    return {
      cipherSuite,

      async newcomer(name): Promise<Newcomer<TsMls2State>> {
        const identity = new TextEncoder().encode(name)
        const credential = { credentialType: defaultCredentialTypes.basic, identity }
        const capabilities = defaultCapabilities()
        capabilities.extensions.push(...(profile.capabilities?.(name) ?? []))
        const leafNodeExtensions = (profile.leafNode?.(name) ?? []).map(makeCustomExtension)
        const own = await generateKeyPackage({
          credential,
          capabilities,
          leafNodeExtensions,
          cipherSuite: impl,
        })
        const { publicPackage, privatePackage } = own
        return {
          keyPackage: encode(mlsMessageEncoder, {
            version: protocolVersions.mls10,
            wireformat: wireformats.mls_key_package,
            keyPackage: publicPackage,
          }),
          create: (groupId) =>
            createGroup({
              context,
              groupId,
              keyPackage: publicPackage,
              privateKeyPackage: privatePackage,
              extensions: groupContextExtensions(profile),
            }),
          join: (bytes) => {
            const { welcome } = decode(bytes, wireformats.mls_welcome)
            return joinGroup({ context, welcome, keyPackage: publicPackage, privateKeys: privatePackage })
          },
        }
      },

      async commit(state, add, remove): Promise<Commit<TsMls2State>> {
        const extraProposals: Proposal[] = [
          ...remove.map((removed) => ({ proposalType: defaultProposalTypes.remove, remove: { removed } })),
          ...add.map((bytes) => {
            const { keyPackage } = decode(bytes, wireformats.mls_key_package)
            return { proposalType: defaultProposalTypes.add, add: { keyPackage } }
          }),
        ]
        const made = await createCommit({ context, state, extraProposals, ratchetTreeExtension: true })
        return {
          state: made.newState,
          commit: encode(mlsMessageEncoder, made.commit),
          welcome: made.welcome && encode(mlsMessageEncoder, made.welcome),
        }
      },

      async process(state, bytes): Promise<TsMls2State> {
        const message = decode(bytes, wireformats.mls_private_message)
        return (await processMessage({ context, state, message })).newState
      },
    }
  },
}
