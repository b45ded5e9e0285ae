import { stepTypes } from '#steps/registry'
import type { Candidate, FreeNames } from './candidate.ts'
import type { LoadedColumn } from './load-rows.ts'

const stepType = 'TextFeaturesTransformer'

const counts: Readonly<Record<string, string>> = {
  n_chars: 'number of characters',
  n_words: 'number of words',
  n_digits: 'number of digits',
  upper_share: 'share of capitals among the letters',
  n_punct: 'number of punctuation marks',
}

/** Columns of texts that are counted, and the different texts above which they are no groups. */
const mostTexts = 2
const fewestTexts = 30

/** Counts of what texts hold, where the step that counts is there; also of texts that no model can use as they are. */
export function textCandidates(columns: readonly LoadedColumn[], names: FreeNames): Candidate[] {
  if (!stepTypes.has(stepType)) return []
  const texts = columns.filter(({ values }) => values.kind === 'category' && values.levels.length >= fewestTexts && values.levels.some((level) => /\S\s+\S/u.test(level)))
  return texts.slice(0, mostTexts).flatMap(({ column }) =>
    Object.entries(counts)
      .filter(([feature]) => names.has(`${column.name}__${feature}`))
      .map(([feature, words]) => ({
        id: `add:${feature}:${column.id}`,
        kind: 'text_count' as const,
        why: 'the column holds texts of several words',
        name: names.take(`${column.name}__${feature}`),
        title: `Add the ${words} of "${column.name}"`,
        formula: `${words} of "${column.name}"`,
        from: [column],
        steps: [{ type: stepType, columns: [column.name], params: { features: [feature], drop_original: false } }],
        replaces: null,
      })),
  )
}
