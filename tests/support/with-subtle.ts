/** Replaces methods of an engine's SubtleCrypto, one at a time. */

type Method = 'generateKey' | 'importKey' | 'exportKey' | 'verify' | 'encapsulateBits'

/** Instead of the engine's answer; `real` asks the engine, with the caller's arguments. */
type Replacement = (real: () => Promise<unknown>, args: readonly unknown[]) => Promise<unknown>

/** Runs `action` while the engine's method is replaced. */
export async function withSubtle<Result>(
  method: Method,
  replacement: Replacement,
  action: () => Promise<Result>,
): Promise<Result> {
  // On the prototype: what a script sets on `crypto.subtle` itself need not last.
  const prototype = prototypeWith(method)
  const original = Object.getOwnPropertyDescriptor(prototype, method)
  if (original === undefined) throw new Error(`SubtleCrypto has no ${method}`)
  Object.defineProperty(prototype, method, {
    ...original,
    value(...args: unknown[]) {
      return replacement(() => original.value.apply(crypto.subtle, args), args)
    },
  })
  try {
    return await action()
  } finally {
    Object.defineProperty(prototype, method, original)
  }
}

/** Where the method is defined; @peculiar/webcrypto inherits it. */
function prototypeWith(method: Method): object {
  let prototype: object | null = Object.getPrototypeOf(crypto.subtle)
  while (prototype !== null && !Object.hasOwn(prototype, method)) prototype = Object.getPrototypeOf(prototype)
  if (prototype === null) throw new Error(`SubtleCrypto has no ${method}`)
  return prototype
}
