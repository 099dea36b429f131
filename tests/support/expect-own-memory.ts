import { expect } from 'vitest'

/** Asserts that there is nothing in memory beside these bytes: cloning or transferring a view takes all that it is a part of. */
export function expectOwnMemory(bytes: Uint8Array, length: number): void {
  expect([bytes.length, bytes.buffer.byteLength]).toEqual([length, length])
}
