import { GroupEpoch, type GroupEpochOptions } from '../../lib/index.js'
import { text } from '../oracle/wire.js'
import { described } from '../post-quantum/described.js'
import { type RandomGroup, type RandomGroupOptions, randomBytes, randomGroup } from './random-group.js'

type Bytes = Uint8Array<ArrayBuffer>

/** One epoch of a group that moves. */
export interface MovingEpoch extends RandomGroup {
  /** Leaf 1, who receives. */
  readonly bob: GroupEpoch
  /** From leaf 0 to bob. */
  message(content?: string, authenticatedData?: string): Promise<Bytes>
}

/** A group whose members have new keys in every epoch. */
export interface MovingGroup {
  readonly groupId: Bytes
  /** The same epoch each time. */
  at(epoch: bigint): Promise<MovingEpoch>
}

type Options = Omit<RandomGroupOptions, 'epoch'> & Pick<GroupEpochOptions, 'storageKey'>

/** `storageKey` is bob's. */
export function movingGroup({ storageKey, ...options }: Options = {}): MovingGroup {
  const groupId = new Uint8Array(options.groupId ?? randomBytes(16))
  const epochs = new Map<bigint, Promise<MovingEpoch>>()
  const make = async (epoch: bigint): Promise<MovingEpoch> => {
    const group = await randomGroup({ ...options, groupId, epoch })
    const [alice, bob] = await Promise.all([
      GroupEpoch.create(described(group.as(0))),
      GroupEpoch.create({ ...described(group.as(1)), storageKey }),
    ])
    const message = (content = 'hello', authenticatedData = '') =>
      alice.seal({
        recipientLeafIndex: 1,
        applicationData: text(content),
        authenticatedData: text(authenticatedData),
      })
    return { ...group, bob, message }
  }
  return {
    groupId,
    at(epoch) {
      const known = epochs.get(epoch) ?? make(epoch)
      epochs.set(epoch, known)
      return known
    },
  }
}
