import { axesOfTerm } from '#ml/compiled-term'
import type { Model } from '#ml/model'
import type { NumberProfile } from './raw-profile.ts'
import type { QuickScorer } from './quick-scorer.ts'
import type { RawRow } from './row-reader.ts'
import type { ColumnBorders } from './what-if-axis.ts'

/** Borders of a feature at which the model's answer changes; null where it changes with every value. */
export function featureBorders({ terms, forest }: Model, feature: string): number[] | null {
  const edges = new Set<number>()
  for (const term of terms) {
    if (term.kind === 'slope' && term.feature === feature) return null
    for (const axis of axesOfTerm(term)) if (axis.feature === feature && axis.kind === 'numeric') for (const edge of axis.edges) edges.add(edge)
  }
  const place = forest?.features.findIndex((one) => one.kind === 'numeric' && one.feature === feature) ?? -1
  for (const tree of place < 0 ? [] : (forest?.trees ?? []).flat()) {
    for (const [split, threshold] of tree.threshold.entries()) if (threshold !== null && tree.feature[split] === place) edges.add(threshold)
  }
  return [...edges]
}

/**
 * Where along a raw column of numbers the model's answer can change. A feature that holds the value as it is has its
 * own borders; what else is made of the column may change anywhere. Whether a feature holds the value is seen by trying
 * the values of the training rows, so that steps which read text as numbers count too.
 */
export function columnBorders(input: { model: Model; scorer: QuickScorer; row: RawRow }, profile: NumberProfile): ColumnBorders {
  const { model, scorer, row } = input
  const made = [...new Set(scorer.lineage.filter(({ from }) => from === profile.name).map(({ to }) => to))]
  const tried = profile.quantiles.map((value) => ({ value, prepared: scorer.prepare({ ...row, [profile.name]: profile.asText ? String(value) : value }) }))
  const edges: number[] = []
  let onlyThere = true
  for (const feature of made) {
    const holds = tried.every(({ value, prepared }) => prepared[feature] === value)
    const borders = featureBorders(model, feature)
    if (holds && borders !== null) edges.push(...borders)
    else if (tried.some(({ prepared }) => prepared[feature] !== tried[0]?.prepared[feature])) onlyThere = false
  }
  return { edges, onlyThere }
}
