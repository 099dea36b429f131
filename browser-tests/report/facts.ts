/** What the tests found out about an engine, on its way to the reporter as annotations. */

export type Section = 'Engine' | `Suite ${number}` | 'Where it runs' | 'Post-quantum' | 'Guards' | 'Platform'

export interface Fact {
  readonly section: Section
  readonly feature: string
  readonly value: string
}

interface Annotation {
  readonly type: string
  readonly description?: string
}

export const factAnnotation = (fact: Fact): Annotation & { description: string } => ({
  type: 'fact',
  description: JSON.stringify(fact),
})

export function factsOf(annotations: readonly Annotation[]): Fact[] {
  return annotations.flatMap(({ type, description }) => {
    if (type !== 'fact' || description === undefined) return []
    const fact: Fact = JSON.parse(description)
    return [fact]
  })
}
