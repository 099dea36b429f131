import { webcrypto } from 'node:crypto'

/**
 * Runs `action` on Node's own WebCrypto, whatever the tests run on: ts-mls cannot join a group of an ECDSA suite on
 * @peculiar/webcrypto. Nothing else may run meanwhile.
 */
export async function onNodeCrypto<T>(action: () => Promise<T>): Promise<T> {
  const { crypto } = globalThis
  const use = (value: unknown) => Object.defineProperty(globalThis, 'crypto', { value, configurable: true })
  use(webcrypto)
  try {
    return await action()
  } finally {
    use(crypto)
  }
}
