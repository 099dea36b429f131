// An inbox in a file, for Node 22.13 and later: node:sqlite in the place of IndexedDB.
import { DatabaseSync } from 'node:sqlite'
import { deserialize, serialize } from 'node:v8'
import { noteSteps } from 'mls-targeted-messages/inbox-store'

/** @import { GroupEpochRecord, InboxStore, InboxWindow, KeptEpoch, KeptGroup, Listener, Note } from 'mls-targeted-messages' */

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA busy_timeout = 5000;
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value BLOB);
  CREATE TABLE IF NOT EXISTS groups (id TEXT PRIMARY KEY, leaf_index INTEGER, epochs BLOB);
  CREATE TABLE IF NOT EXISTS records (id TEXT, epoch TEXT, record BLOB, PRIMARY KEY (id, epoch));
  CREATE TABLE IF NOT EXISTS marks (
    id TEXT, epoch TEXT, mark BLOB, state TEXT, PRIMARY KEY (id, epoch, mark)
  ) WITHOUT ROWID;
`

/** How often a change of another process is looked for. In milliseconds. */
const LOOK_EVERY = 250

/**
 * Keeps an inbox in an SQLite file, which several processes may share. Records are serialized, so the inbox and its
 * epochs need a `storageKey`: a CryptoKey that is not extractable cannot be written to a file.
 *
 * @implements {InboxStore}
 */
export class SqliteStore {
  #database
  /** @type {Listener[]} */
  #listeners = []
  #version = 0
  #timer
  #isClosed = false

  /** @param {string} file */
  constructor(file) {
    this.#database = new DatabaseSync(file)
    this.#database.exec(SCHEMA)
    this.#version = this.#dataVersion()
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY)
    this.#timer.unref()
  }

  /**
   * @param {Partial<InboxWindow>} change
   * @returns {Promise<InboxWindow>}
   */
  async window(change) {
    const window = this.#transaction(() => {
      const after = { ...this.#window(), ...change }
      const put = this.#database.prepare("INSERT OR REPLACE INTO settings VALUES ('window', ?)")
      put.run(serialize(after))
      return after
    })
    if (Object.keys(change).length > 0) this.#tell()
    return window
  }

  /** @returns {Promise<readonly KeptGroup[]>} */
  async groups() {
    return this.#database.prepare('SELECT * FROM groups').all().map(toGroup)
  }

  /**
   * @param {Uint8Array} groupId
   * @param {bigint} [epoch]
   */
  async read(groupId, epoch) {
    return this.#transaction(() => {
      const group = this.#group(groupId)
      const row = this.#database
        .prepare('SELECT record FROM records WHERE id = ? AND epoch = ?')
        .get(hex(groupId), String(epoch ?? group?.epochs[0]?.epoch))
      /** @type {GroupEpochRecord | undefined} */
      const record = row && deserialize(/** @type {Uint8Array} */ (row['record']))
      return { group, record, window: this.#window() }
    })
  }

  /** @type {InboxStore['change']} */
  async change(groupId, decide) {
    this.#transaction(() => {
      const before = this.#group(groupId)
      const { group, record } = decide(before, this.#window())
      for (const { epoch } of before?.epochs ?? []) {
        if (group?.epochs.some((kept) => kept.epoch === epoch)) continue
        for (const table of ['records', 'marks']) {
          this.#database
            .prepare(`DELETE FROM ${table} WHERE id = ? AND epoch = ?`)
            .run(hex(groupId), String(epoch))
        }
      }
      if (group) {
        this.#database
          .prepare('INSERT OR REPLACE INTO groups VALUES (?, ?, ?)')
          .run(hex(groupId), group.leafIndex, serialize(group.epochs))
      } else this.#database.prepare('DELETE FROM groups WHERE id = ?').run(hex(groupId))
      if (record) {
        this.#database
          .prepare('INSERT OR REPLACE INTO records VALUES (?, ?, ?)')
          .run(hex(groupId), String(record.epoch), serialize(record))
      }
    })
    this.#tell(new Uint8Array(groupId))
  }

  /** @type {InboxStore['note']} */
  async note(notes) {
    return this.#transaction(() => notes.map((note) => this.#note(note)))
  }

  /** @param {Listener} listener */
  watch(listener) {
    this.#listeners.push(listener)
  }

  close() {
    if (this.#isClosed) return
    this.#isClosed = true
    clearInterval(this.#timer)
    this.#database.close()
  }

  /** @param {Note} note */
  #note({ groupId, epoch, stamp, mark, step }) {
    const kept = this.#group(groupId)?.epochs.find((one) => one.epoch === epoch)
    if (kept?.stamp !== stamp) return /** @type {const} */ ('gone')
    const key = /** @type {const} */ ([hex(groupId), String(epoch), mark])
    const row = this.#database
      .prepare('SELECT state FROM marks WHERE id = ? AND epoch = ? AND mark = ?')
      .get(...key)
    const state = /** @type {'none' | 'claimed' | 'marked'} */ (row?.['state'] ?? 'none')
    const [after, outcome] = noteSteps[step][state]
    if (after !== state) {
      this.#database.prepare('INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?)').run(...key, after)
    }
    return outcome
  }

  /** @returns {InboxWindow} */
  #window() {
    const row = this.#database.prepare("SELECT value FROM settings WHERE name = 'window'").get()
    const stored = row ? deserialize(/** @type {Uint8Array} */ (row['value'])) : {}
    return { pastEpochs: 0, maxAge: Number.POSITIVE_INFINITY, ...stored }
  }

  /** @param {Uint8Array} groupId */
  #group(groupId) {
    const row = this.#database.prepare('SELECT * FROM groups WHERE id = ?').get(hex(groupId))
    return row && toGroup(row)
  }

  /**
   * What `action` throws leaves everything as it was.
   *
   * @template T
   * @param {() => T} action
   */
  #transaction(action) {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const result = action()
      this.#database.exec('COMMIT')
      return result
    } catch (error) {
      this.#database.exec('ROLLBACK')
      throw error
    }
  }

  /** Another connection has written since: what it was is not known. */
  #look() {
    const version = this.#dataVersion()
    if (version === this.#version) return
    this.#version = version
    this.#tell()
  }

  #dataVersion() {
    return Number(this.#database.prepare('PRAGMA data_version').get()?.['data_version'])
  }

  /** @param {Uint8Array<ArrayBuffer>} [groupId] */
  #tell(groupId) {
    for (const listener of this.#listeners) listener(groupId)
  }
}

/**
 * What a group is found by. As a BLOB, Node 22 may bind an id of no bytes as NULL.
 *
 * @param {Uint8Array} groupId
 */
const hex = (groupId) => Buffer.from(groupId).toString('hex')

/**
 * @param {Record<string, unknown>} row
 * @returns {KeptGroup}
 */
function toGroup(row) {
  const id = Buffer.from(String(row['id']), 'hex')
  const epochs = /** @type {KeptEpoch[]} */ (deserialize(/** @type {Uint8Array} */ (row['epochs'])))
  return { groupId: new Uint8Array(id), leafIndex: Number(row['leaf_index']), epochs }
}
