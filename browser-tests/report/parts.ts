/** A page that several commands write: each has a part of it, between two comments that Markdown does not show. */

const part = (name: string): RegExp => new RegExp(`(<!-- ${name} -->\\n)([^]*?)(<!-- end of ${name} -->)`)

/** The page with this part written again. */
export function withPart(page: string, name: string, text: string): string {
  if (!part(name).test(page)) throw new Error(`the page has no part that is called ${name}`)
  return page.replace(part(name), (_, start: string, __, end: string) => `${start}\n${text}\n\n${end}`)
}
