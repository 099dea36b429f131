/** What is behind a message: its bytes, and what an attacker can do with it. */

import { isTargetedMessage, readHeader } from 'mls-targeted-messages'
import type { Target } from '../attacker/attacks.js'
import { make } from '../dom.js'
import type { Member } from '../messenger/member.js'
import type { Messenger } from '../messenger/messenger.js'
import { nameAt } from '../messenger/record.js'
import type { Seat } from '../messenger/seat.js'
import { groupMessageView } from '../wire/group-message.js'
import { wireView } from '../wire/wire.js'
import { attackerView } from './attacker-view.js'
import { button } from './button.js'
import type { Inspected } from './entries.js'

export class Details {
  readonly #dialog: HTMLDialogElement

  constructor(dialog: HTMLDialogElement) {
    this.#dialog = dialog
    dialog.addEventListener('click', ({ target }) => {
      // A click on the backdrop has the dialog as its target.
      if (target === dialog) dialog.close()
    })
  }

  show(inspected: Inspected, messenger: Messenger): void {
    const views = isTargetedMessage(inspected.message)
      ? targetedViews(inspected, messenger)
      : [groupMessageView(inspected.message)]
    this.#open(inspected.title, views)
  }

  /** What a thief of the disk finds. */
  async showDisk(seat: Seat, { room }: Messenger): Promise<void> {
    const { diskView } = await import('../disk/disk-view.js')
    this.#open(`${seat.name}’s disk`, [make('div', 'disk', ...(await diskView(seat, room)))])
  }

  #open(title: string, views: readonly Node[]): void {
    const close = button('Close', 'quiet close', () => this.#dialog.close())
    const heading = make('h2', '', title)
    heading.id = 'details-title'
    const header = make('header', '', heading, close)
    this.#dialog.replaceChildren(make('div', 'sheet', header, ...views))
    this.#dialog.showModal()
    this.#dialog.scrollTop = 0
  }
}

function targetedViews({ message, applicationData }: Inspected, messenger: Messenger): Node[] {
  const target = targetOf(message, messenger)
  const { suite } = messenger.room
  const wire = wireView({ message, suite, recipient: recipientOf(message, messenger), applicationData })
  const title = make('h3', '', 'The attacker')
  title.tabIndex = -1
  const attacker = target
    ? attackerView(target)
    : make('p', 'note', 'The recipient is not in this tab: look into the message there to play the attacker.')
  const jump = button('To the attacker', 'quiet jump', () => title.focus())
  return [jump, wire, make('div', 'attacker', title, attacker)]
}

function recipientOf(message: Uint8Array, messenger: Messenger): string | undefined {
  const { epoch, recipientLeafIndex } = readHeader(message)
  const names = membersOf(messenger).map(({ record }) => nameAt(record, epoch, recipientLeafIndex))
  return names.find((name) => !name.startsWith('leaf '))
}

const membersOf = ({ seats }: Messenger): Member[] => seats.flatMap(({ member }) => member ?? [])

/** Where the message would go, if that member is in this tab. */
function targetOf(message: Uint8Array, messenger: Messenger): Target | undefined {
  const { recipientLeafIndex } = readHeader(message)
  const inGroup = membersOf(messenger).filter(({ record }) => record.state !== undefined)
  const isRecipient = ({ record }: Member): boolean =>
    record.state?.privatePath.leafIndex === recipientLeafIndex
  const recipient = inGroup.find(isRecipient)
  if (!recipient) return undefined
  return {
    message,
    room: messenger.room,
    stack: messenger.stack,
    recipient,
    others: inGroup.filter((member) => member !== recipient),
  }
}
