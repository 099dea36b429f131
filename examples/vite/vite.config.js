import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

export default defineConfig({
  resolve: {
    // hpke-js, under ts-mls, asks Node's crypto module for what every browser has.
    alias: { crypto: fileURLToPath(new URL('web-crypto.js', import.meta.url)) },
  },
  build: { target: 'es2022' },
})
