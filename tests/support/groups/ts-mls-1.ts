import {
  acceptAll,
  type ClientState,
  createCommit,
  createGroup,
  decodeMlsMessage,
  defaultCapabilities,
  defaultLifetime,
  type Extension,
  emptyPskIndex,
  encodeMlsMessage,
  encodeRequiredCapabilities,
  generateKeyPackage,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  joinGroup,
  type MLSMessage,
  type Proposal,
  processMessage,
} from 'ts-mls'
import {
  type Commit,
  type MlsClient,
  type MlsStack,
  type Newcomer,
  type Profile,
  suiteNames,
} from './stack.js'
import { withWholeKeys } from './whole-keys.js'

export type TsMls1State = ClientState

/** A message of the wanted wire format and nothing after it, which ts-mls itself does not check. */
function decode<W extends MLSMessage['wireformat']>(
  bytes: Uint8Array,
  wireformat: W,
): Extract<MLSMessage, { wireformat: W }> {
  const [message, length] = decodeMlsMessage(bytes, 0) ?? [undefined, 0]
  if (message?.wireformat !== wireformat || length !== bytes.length) throw new Error(`not a ${wireformat}`)
  return message as Extract<MLSMessage, { wireformat: W }>
}

/** With `required_capabilities`. */
function groupContextExtensions({ groupContext = [] }: Profile): Extension[] {
  if (groupContext.length === 0) return []
  const extensionTypes = groupContext.map(({ extensionType }) => extensionType)
  const extensionData = encodeRequiredCapabilities({ extensionTypes, proposalTypes: [], credentialTypes: [] })
  return [{ extensionType: 'required_capabilities', extensionData }, ...groupContext]
}

/** ts-mls 1.6. */
export const tsMls1: MlsStack<TsMls1State> = {
  name: 'ts-mls 1',
  async client(cipherSuite, profile = {}): Promise<MlsClient<TsMls1State>> {
    const theirs = await getCiphersuiteImpl(getCiphersuiteFromName(suiteNames[cipherSuite]))
    const impl = await withWholeKeys(cipherSuite, theirs)

    return {
      cipherSuite,

      async newcomer(name): Promise<Newcomer<TsMls1State>> {
        const identity = new TextEncoder().encode(name)
        const credential = { credentialType: 'basic', identity } as const
        const capabilities = defaultCapabilities()
        capabilities.extensions.push(...(profile.capabilities?.(name) ?? []))
        const leafNode = [...(profile.leafNode?.(name) ?? [])]
        const own = await generateKeyPackage(credential, capabilities, defaultLifetime, [], impl, leafNode)
        const { publicPackage, privatePackage } = own
        return {
          keyPackage: encodeMlsMessage({
            version: 'mls10',
            wireformat: 'mls_key_package',
            keyPackage: publicPackage,
          }),
          create: (groupId) =>
            createGroup(groupId, publicPackage, privatePackage, groupContextExtensions(profile), impl),
          join: (bytes) => {
            const { welcome } = decode(bytes, 'mls_welcome')
            return joinGroup(welcome, publicPackage, privatePackage, emptyPskIndex, impl)
          },
        }
      },

      async commit(state, add, remove): Promise<Commit<TsMls1State>> {
        const extraProposals: Proposal[] = [
          ...remove.map((removed) => ({ proposalType: 'remove', remove: { removed } }) as const),
          ...add.map((bytes) => {
            const { keyPackage } = decode(bytes, 'mls_key_package')
            return { proposalType: 'add', add: { keyPackage } } as const
          }),
        ]
        const options = { extraProposals, ratchetTreeExtension: true }
        const { newState, commit, welcome } = await createCommit({ state, cipherSuite: impl }, options)
        return {
          state: newState,
          commit: encodeMlsMessage(commit),
          welcome: welcome && encodeMlsMessage({ version: 'mls10', wireformat: 'mls_welcome', welcome }),
        }
      },

      async process(state, bytes): Promise<TsMls1State> {
        const message = decode(bytes, 'mls_private_message')
        return (await processMessage(message, state, emptyPskIndex, acceptAll, impl)).newState
      },
    }
  },
}
