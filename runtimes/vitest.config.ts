import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** npm run test:runtimes: the package as its users get it, in Node, Deno, Bun and workerd. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: { include: ['runtimes/*.test.ts'], testTimeout: 60_000, hookTimeout: 600_000 },
})
