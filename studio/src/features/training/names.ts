import type { Names } from './threshold-panel.tsx'

/** What the two classes are called: the label with its value, as in the table. */
export function namesOf(label: string | null, classes: readonly string[] | null): Names {
  const [negative = 'negative', positive = 'positive'] = classes ?? []
  const of = (name: string) => (label === null ? name : `${label} ${name}`)
  return { positive: of(positive), negative: of(negative) }
}
