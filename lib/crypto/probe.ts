import type { KeyKind } from './key-kind.js'

const probed = new WeakMap<object, Promise<boolean>>()

/** Whether this engine has the key pairs of a KEM or a signature scheme. */
export const hasKeys = (kind: KeyKind): Promise<boolean> => once(kind, () => kind.generateKeyPair())

/** Whether `probe` succeeds; tried once for each `part`. */
export function once(part: object, probe: () => Promise<unknown>): Promise<boolean> {
  const answer =
    probed.get(part) ??
    probe().then(
      () => true,
      () => false,
    )
  probed.set(part, answer)
  return answer
}
