import { Crypto } from '@peculiar/webcrypto'

/** The whole unit suite runs a second time on @peculiar/webcrypto: nothing may depend on Node's own. */
Object.defineProperty(globalThis, 'crypto', { value: new Crypto(), configurable: true })
