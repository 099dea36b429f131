/** The demo page by what a person sees and does on it. */

import type { PageDriver } from '../driver/page-driver.js'
import { demoMounts } from '../package/served.js'
import type { ServeOptions, TestServer } from '../server.js'

/** Of the group that is open: while a new one is made, the old one's columns stay, and nobody can use them. */
const column = (name: string): string => `#members:not([inert]) [data-member="${name}"]`
const log = (name: string): string => `${column(name)} [role="log"]`
const patience = { timeout: 30_000 }

/** Who is in the group from the start. */
export const founders = ['Alice', 'Bob', 'Carol']

export class Page {
  constructor(
    readonly driver: PageDriver,
    readonly origin: string,
  ) {}

  static async open(
    driver: PageDriver,
    serveHere: (options: ServeOptions) => Promise<TestServer>,
    mounts: ServeOptions['mounts'] = demoMounts(),
  ): Promise<Page> {
    const { origin } = await serveHere({ mounts })
    await driver.resize(1400, 1000)
    await driver.open(`${origin}/`)
    return new Page(driver, origin)
  }

  /** Opens the page, and waits for its group of three. */
  static async withGroup(...given: Parameters<typeof Page.open>): Promise<Page> {
    const page = await Page.open(...given)
    await page.inEpoch(1, founders)
    return page
  }

  /** Waits until these members have entered the epoch. */
  async inEpoch(epoch: number, names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.driver.waitForText(`${column(name)} .place`, new RegExp(`epoch ${epoch}$`), patience)
    }
  }

  sees(name: string, expected: string | RegExp): Promise<string> {
    return this.driver.waitForText(log(name), expected, patience)
  }

  text(name: string): Promise<string> {
    return this.driver.text(log(name))
  }

  /** To everybody, or as a whisper. */
  async say(name: string, text: string, recipients: readonly string[] = []): Promise<void> {
    await this.choose(name, recipients)
    await this.driver.fill(`${column(name)} [name="text"]`, text)
    await this.driver.click(`${column(name)} [type="submit"]`)
    await this.driver.run(emptied, `${column(name)} [name="text"]`)
  }

  async choose(name: string, recipients: readonly string[]): Promise<void> {
    for (const index of await this.driver.run(chipsToClick, { column: column(name), recipients })) {
      await this.driver.click(`${column(name)} .chip:nth-child(${index})`)
    }
  }

  /** A whisper that is kept back until {@link release}. */
  async hold(name: string, text: string, recipients: readonly string[]): Promise<void> {
    await this.choose(name, recipients)
    await this.driver.click(`${column(name)} [name="hold"]`)
    await this.say(name, text, recipients)
    // Sealed now, and sent later.
    await this.driver.waitForText(`${log(name)} .whispered button.copy.held`, 'held back')
  }

  release(name: string): Promise<void> {
    return this.driver.click(`${log(name)} .whispered button.deliver`)
  }

  /** Reads a whisper, and returns what it says. */
  async read(name: string): Promise<string> {
    await this.driver.click(`${log(name)} .heard button.read`)
    return this.driver.text(`${log(name)} .heard .text`)
  }

  press(name: string, label: string): Promise<void> {
    return this.driver.click(`${column(name)} [aria-label="${name}: ${label}"]`)
  }

  /** In one moment, as people on several devices do. */
  pressAtOnce(names: readonly string[], label: string): Promise<void> {
    const selectors = names.map((name) => `${column(name)} [aria-label="${name}: ${label}"]`)
    return this.driver.run((all) => {
      for (const selector of all) document.querySelector<HTMLElement>(selector)?.click()
    }, selectors)
  }

  /** Opens what is behind the first message of a kind. */
  async inspect(name: string, kind: string): Promise<void> {
    await this.driver.click(`${log(name)} ${kind} button.bytes`)
    await this.driver.waitForText('#details h2', '')
  }

  closeDetails(): Promise<void> {
    return this.driver.click('#details button.close')
  }

  /** Returns the code that the page shows. */
  async attack(id: string, field?: string): Promise<string> {
    if (field !== undefined) await this.select('#tamper-field', field)
    const row = `[data-attack="${id}"]`
    const runs = await this.driver.run(runsInPage, row)
    await this.driver.click(`${row} button`)
    return this.driver.waitForText(`${row} [data-runs="${runs + 1}"] .code`, /./, patience)
  }

  /** As a user does with the keyboard. */
  select(selector: string, value: string): Promise<void> {
    return this.driver.run(choose, { selector, value })
  }

  /** Chooses from a member's device menu. */
  async device(name: string, label: string): Promise<void> {
    await this.driver.click(`${column(name)} .device summary`)
    await this.press(name, label)
  }

  async lock(name: string, passphrase: string): Promise<void> {
    await this.driver.click(`${column(name)} .device summary`)
    await this.driver.fill(`${column(name)} .lock input`, passphrase)
    await this.press(name, 'Lock')
    await this.driver.waitForText(`${column(name)} .rest`, 'is locked', patience)
  }

  async unlock(name: string, passphrase: string): Promise<void> {
    await this.driver.fill(`${column(name)} .unlock input`, passphrase)
    await this.driver.click(`${column(name)} .unlock button`)
  }

  /** A button in place of the conversation. */
  rest(name: string, label: RegExp | string): Promise<string> {
    return this.driver.waitForText(`${column(name)} .rest`, label, patience)
  }

  note(name: string, expected: RegExp | string): Promise<string> {
    return this.driver.waitForText(`${column(name)} .member-note`, expected, patience)
  }

  /** Presses the button in a column that shows this. */
  async pressText(name: string, text: string): Promise<void> {
    await this.driver.run(clickText, { column: column(name), text })
  }

  status(expected: RegExp | string): Promise<string> {
    return this.driver.waitForText('#status', expected, patience)
  }

  async startAnew(suite: number, revision: string): Promise<void> {
    await this.select('#suite', String(suite))
    await this.select('#revision', revision)
    await this.driver.click('#anew [type="submit"]')
    await this.driver.waitForText('#suite-now', String(suite), patience)
    await this.driver.waitForText('#revision-now', revision, patience)
  }

  /** The page's link to another member. */
  invitation(): Promise<string> {
    return this.driver.run(() => document.querySelector<HTMLAnchorElement>('#new-tab')?.href ?? '')
  }

  /** Follows that link into a new tab. */
  async openNewTab(): Promise<Page> {
    const driver = await this.driver.newPage()
    await driver.open(await this.invitation())
    return new Page(driver, this.origin)
  }
}

/** What has left the field is stored; until then nobody can write into it. */
async function emptied(field: string): Promise<void> {
  const input = document.querySelector<HTMLInputElement>(field)
  for (const end = Date.now() + 10_000; input?.readOnly; ) {
    if (Date.now() > end) throw new Error('it is not stored')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** How often the attack was tried. */
const runsInPage = (row: string): number =>
  Number(document.querySelector<HTMLElement>(`${row} .outcome`)?.dataset['runs'] ?? 0)

function clickText({ column, text }: { column: string; text: string }): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>(`${column} button`)]
  const found = buttons.find((button) => button.textContent === text)
  if (!found) throw new Error(`no button “${text}”`)
  found.click()
}

function choose({ selector, value }: { selector: string; value: string }): void {
  const select = document.querySelector<HTMLSelectElement>(selector)
  if (select === null) throw new Error(`no ${selector}`)
  select.value = value
  select.dispatchEvent(new Event('change', { bubbles: true }))
}

/** Which of the composer's checkboxes differ from what is wanted, counted from 1. */
function chipsToClick({ column, recipients }: { column: string; recipients: readonly string[] }): number[] {
  const chips = [...document.querySelectorAll(`${column} .chip`)]
  return chips.flatMap((chip, i) => {
    const isWanted = recipients.includes(chip.textContent ?? '')
    const isEverybody = i === 0
    return !isEverybody && chip.querySelector('input')?.checked !== isWanted ? [i + 1] : []
  })
}
