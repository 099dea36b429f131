/**
 * Tries again, since WebKit on Linux fails to generate an X25519 or Ed25519 key once in a few hundred times. The library
 * does so itself; ts-mls, hpke-js and what makes keys for tests do not.
 */
export async function persistently<T>(action: () => Promise<T>, attempts = 6): Promise<T> {
  try {
    return await action()
  } catch (error) {
    if (attempts === 1) throw error
    return persistently(action, attempts - 1)
  }
}
