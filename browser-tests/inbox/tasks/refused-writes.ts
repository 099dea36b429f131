/** Writes that an object store refuses, which a full disk or a damaged file do now and then. */

let refusing: string | null = null
/** The first key of each object store. */
const taken = new Map<string, IDBValidKey>()

/** From now on {@link refuseWrites} can refuse. */
export function watchWrites(): void {
  const { put, add } = IDBObjectStore.prototype
  IDBObjectStore.prototype.put = function (value, key) {
    // The engine's own error, and at its own time.
    if (this.name === refusing) return add.call(this, value, taken.get(this.name))
    if (key !== undefined && !taken.has(this.name)) taken.set(this.name, key)
    return put.call(this, value, key)
  }
}

/** Every write to this object store fails, or none does. */
export function refuseWrites(store: string | null): void {
  refusing = store
}
