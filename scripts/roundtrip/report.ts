import { styleText } from 'node:util'
import {
  type GroupEpoch,
  inspect,
  TargetedMessageError,
  type TargetedMessageErrorCode,
} from 'mls-targeted-messages'
import { hex, meanings } from '../../demo/scenario/fields.js'

interface Expected {
  readonly from: number
  readonly text: string
  readonly data?: string
}

const coloured = Boolean(process.stdout.isTTY && !process.env['NO_COLOR'])

export const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
  coloured ? styleText(style, text) : text

const utf8 = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes)

/** Prints what happens, and fails at once where it is not what must happen. */
export class Report {
  opened = 0
  refused = 0

  title(text: string): void {
    console.log(`\n${paint(['bold', 'inverse'], ` ${text} `)}`)
  }

  heading(text: string): void {
    console.log(`\n${paint('bold', text)}`)
  }

  line(text: string): void {
    console.log(`  ${text}`)
  }

  /** The bytes on the wire; names by leaf. */
  wire(message: Uint8Array, names: readonly string[]): void {
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

  async opens(
    who: string,
    epoch: GroupEpoch,
    message: Uint8Array,
    { from, text, data = '' }: Expected,
  ): Promise<void> {
    const { senderLeafIndex, applicationData, authenticatedData } = await epoch.open(message)
    const found = JSON.stringify([senderLeafIndex, utf8(applicationData), utf8(authenticatedData)])
    if (found !== JSON.stringify([from, text, data]))
      throw new Error(`${who} opened something else: ${found}`)
    this.opened++
    this.line(`${paint('green', 'opened ')}  ${who}: "${text}", from leaf ${senderLeafIndex}`)
  }

  /** It must be refused with this code. */
  async refuses(
    code: TargetedMessageErrorCode,
    what: string,
    epoch: GroupEpoch,
    message: Uint8Array,
  ): Promise<void> {
    const error = await epoch.open(message).then(
      () => undefined,
      (reason: unknown) => reason,
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
