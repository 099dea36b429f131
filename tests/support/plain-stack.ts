import { encodeRatchetTree } from 'ts-mls/ratchetTree.js'
import { mlsExporter } from '../oracle/derive.js'
import { suiteOf } from '../oracle/suites.js'
import { serializeGroupContext, type TsMls1State } from './groups/groups.js'

/** What a member of suite 1 sees through the narrow surface of a stack in WebAssembly: bytes, numbers, functions. */
export function plainStack(state: TsMls1State) {
  const { groupContext, keySchedule, privatePath, ratchetTree, signaturePrivateKey } = state
  const suite = suiteOf(1)
  return {
    cipherSuite: 1,
    groupId: groupContext.groupId,
    epoch: groupContext.epoch,
    groupContext: serializeGroupContext(state, 1),
    ratchetTree: encodeRatchetTree(ratchetTree),
    ownLeafIndex: privatePath.leafIndex,
    encryptionPrivateKey: privatePath.privateKeys[2 * privatePath.leafIndex],
    exportSecret: (label: string, context: Uint8Array, length: number) =>
      mlsExporter(suite, keySchedule.exporterSecret, label, context, length),
    sign: async (bytes: Uint8Array<ArrayBuffer>) => {
      const pkcs8 = new Uint8Array(signaturePrivateKey)
      const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign'])
      return new Uint8Array(await crypto.subtle.sign('Ed25519', key, bytes))
    },
  }
}
