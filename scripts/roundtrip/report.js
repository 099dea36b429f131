import { styleText } from 'node:util'
import { inspect, TargetedMessageError } from 'mls-targeted-messages'
import { hex, meanings } from '../../demo/scenario/fields.js'

/**
 * @typedef {import('mls-targeted-messages').GroupEpoch} GroupEpoch
 * @typedef {import('mls-targeted-messages').TargetedMessageErrorCode} Code
 */

/**
 * @typedef {object} Expected
 * @property {number} from
 * @property {string} text
 * @property {string} [data]
 */

const coloured = Boolean(process.stdout.isTTY && !process.env['NO_COLOR'])

/**
 * @param {Parameters<typeof styleText>[0]} style
 * @param {string} text
 */
export const paint = (style, text) => (coloured ? styleText(style, text) : text)

const utf8 = (/** @type {Uint8Array} */ bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes)

/** Prints what happens, and fails at once where it is not what must happen. */
export class Report {
  opened = 0
  refused = 0

  /** @param {string} text */
  title(text) {
    console.log(`\n${paint(['bold', 'inverse'], ` ${text} `)}`)
  }

  /** @param {string} text */
  heading(text) {
    console.log(`\n${paint('bold', text)}`)
  }

  /** @param {string} text */
  line(text) {
    console.log(`  ${text}`)
  }

  /**
   * The bytes on the wire.
   *
   * @param {Uint8Array} message
   * @param {readonly string[]} names By leaf.
   */
  wire(message, names) {
    this.line(paint('dim', 'offset length field                   first bytes         what it is'))
    for (const { name, offset, length, value } of inspect(message)) {
      const bytes = hex(message.subarray(offset, offset + length), 8)
      const who = name === 'recipientLeafIndex' ? ` (${names[Number(value)]})` : ''
      const number = name === 'epoch' || who ? `${value}${who}: ` : ''
      this.line(
        `${String(offset).padStart(6)} ${String(length).padStart(6)} ${paint('cyan', name.padEnd(23))} ` +
          `${bytes.padEnd(19)} ${number}${paint('dim', meanings[name])}`,
      )
    }
  }

  /**
   * @param {string} who
   * @param {GroupEpoch} epoch
   * @param {Uint8Array} message
   * @param {Expected} expected
   */
  async opens(who, epoch, message, { from, text, data = '' }) {
    const { senderLeafIndex, applicationData, authenticatedData } = await epoch.open(message)
    const found = JSON.stringify([senderLeafIndex, utf8(applicationData), utf8(authenticatedData)])
    if (found !== JSON.stringify([from, text, data]))
      throw new Error(`${who} opened something else: ${found}`)
    this.opened++
    this.line(`${paint('green', 'opened ')}  ${who}: "${text}", from leaf ${senderLeafIndex}`)
  }

  /**
   * @param {Code} code With which it must be refused.
   * @param {string} what
   * @param {GroupEpoch} epoch
   * @param {Uint8Array} message
   */
  async refuses(code, what, epoch, message) {
    const error = await epoch.open(message).then(
      () => undefined,
      (reason) => reason,
    )
    if (error === undefined) throw new Error(`${what}: opened, but must be refused with '${code}'`)
    if (!(error instanceof TargetedMessageError)) throw error
    if (error.code !== code)
      throw new Error(`${what}: refused with '${error.code}', but must be with '${code}'`)
    this.refused++
    this.line(`${paint('red', 'refused')}  ${what}`)
    this.line(`         ${paint('yellow', error.code)}: ${error.message}`)
  }
}
