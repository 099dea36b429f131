/** The demo page by what a person sees and does on it. */

import type { PageDriver } from '../driver/page-driver.js'
import { demoMounts } from '../package/served.js'
import type { ServeOptions, TestServer } from '../server.js'

const column = (name: string): string => `[data-member="${name}"]`
const log = (name: string): string => `${column(name)} [role="log"]`
const patience = { timeout: 30_000 }

export class Page {
  constructor(
    readonly driver: PageDriver,
    readonly origin: string,
  ) {}

  static async open(
    driver: PageDriver,
    serveHere: (options: ServeOptions) => Promise<TestServer>,
  ): Promise<Page> {
    const { origin } = await serveHere({ mounts: demoMounts() })
    await driver.resize(1400, 1000)
    await driver.open(`${origin}/`)
    return new Page(driver, origin)
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
  }

  async choose(name: string, recipients: readonly string[]): Promise<void> {
    for (const index of await this.driver.run(chipsToClick, { column: column(name), recipients })) {
      await this.driver.click(`${column(name)} .chip:nth-child(${index})`)
    }
  }

  read(name: string): Promise<void> {
    return this.driver.click(`${log(name)} .heard button.read`)
  }

  press(name: string, label: string): Promise<void> {
    return this.driver.click(`${column(name)} [aria-label="${name}: ${label}"]`)
  }
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
