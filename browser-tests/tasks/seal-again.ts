import { sealWithEphemeral } from '../../tests/hostile/seal-with-ephemeral.js'
import { hex, unhex } from '../../tests/support/hex.js'
import { type Library, refusal } from './library.js'
import { type MemberJson, memberFromJson } from './member.js'

/** All that a message is made of, in hex. */
export type SealAgain = {
  readonly sender: MemberJson
  readonly recipientLeafIndex: number
  readonly applicationData: string
  readonly authenticatedData: string
  readonly padding: number
  readonly ephemeral: { readonly privateKey: string; readonly publicKey: string }
  readonly signature: string
}

/** The message sealed again, and what was to be signed for it, in hex; or the code of the refusal. */
export type SealedAgain =
  | { readonly message: string; readonly signContent: string }
  | { readonly refused: string }

/** Seals with a given ephemeral key and a signature that was made before: ECDSA would make another each time. */
export async function sealAgain(library: Library, given: readonly SealAgain[]): Promise<SealedAgain[]> {
  const sealed: SealedAgain[] = []
  // One after another: meanwhile the engine generates no other key.
  for (const vector of given) {
    try {
      sealed.push(await sealOne(library, vector))
    } catch (error) {
      sealed.push({ refused: refusal(library, error) })
    }
  }
  return sealed
}

async function sealOne(library: Library, vector: SealAgain): Promise<SealedAgain> {
  const member = memberFromJson(vector.sender)
  let signContent = ''
  const signaturePrivateKey = async (content: Uint8Array): Promise<Uint8Array> => {
    signContent = hex(content)
    return unhex(vector.signature)
  }
  const epoch = await library.GroupEpoch.create({ ...member, self: { ...member.self, signaturePrivateKey } })
  const message = await sealWithEphemeral(
    epoch,
    {
      recipientLeafIndex: vector.recipientLeafIndex,
      applicationData: unhex(vector.applicationData),
      authenticatedData: unhex(vector.authenticatedData),
      padding: vector.padding,
    },
    {
      privateKey: unhex(vector.ephemeral.privateKey),
      publicKey: unhex(vector.ephemeral.publicKey),
    },
  )
  return { message: hex(message), signContent }
}
