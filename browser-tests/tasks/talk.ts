import { type Couple, type GroupCipherSuite, makeCouple, type TsMls } from './couples.js'
import { type Library, type Revision, revisions } from './library.js'
import type { Member } from './member.js'

/** A message that was opened. */
export type Heard = {
  readonly revision: Revision
  readonly senderLeafIndex: number
  readonly applicationData: string
  readonly authenticatedData: string
}

/** What each of the two must hear from the other. */
export const expectedTalk = (): Heard[] =>
  revisions.flatMap((revision) =>
    [0, 1].map((senderLeafIndex) => ({
      revision,
      senderLeafIndex,
      applicationData: `from ${senderLeafIndex} – ✓`,
      authenticatedData: `for ${1 - senderLeafIndex}`,
    })),
  )

/** Each of the two seals to the other, who opens, under every revision. */
export async function talk(library: Library, couple: Couple): Promise<Heard[]> {
  const heard: Heard[] = []
  for (const revision of revisions) {
    const epochs = await Promise.all(
      couple.map((member: Member) => library.GroupEpoch.create({ ...member, revision })),
    )
    for (const sender of epochs) {
      const recipient = epochs[1 - sender.leafIndex]
      if (recipient === undefined) throw new Error('the couple is not at leaves 0 and 1')
      const message = await sender.seal({
        recipientLeafIndex: recipient.leafIndex,
        applicationData: new TextEncoder().encode(`from ${sender.leafIndex} – ✓`),
        authenticatedData: new TextEncoder().encode(`for ${recipient.leafIndex}`),
      })
      const opened = await recipient.open(message)
      heard.push({
        revision,
        senderLeafIndex: opened.senderLeafIndex,
        applicationData: new TextDecoder().decode(opened.applicationData),
        authenticatedData: new TextDecoder().decode(opened.authenticatedData),
      })
    }
  }
  return heard
}

/** The same in a real group, made by this line of ts-mls. */
export const talkInGroup = async (
  library: Library,
  { suite, stack }: { suite: GroupCipherSuite; stack: TsMls },
): Promise<Heard[]> => talk(library, await makeCouple(suite, stack))
