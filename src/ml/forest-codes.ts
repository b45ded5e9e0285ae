import { levelPositions } from './forest-columns.ts'
import type { Forest, ForestFeature } from './model.ts'
import type { Column } from './table.ts'

/** The values of one feature that trees can tell apart, numbered. */
export interface FeatureCodes {
  /** Ascending thresholds; code i is a number above edges[i-1] and at most edges[i]. Empty where levels are split. */
  readonly edges: Float64Array
  /** Codes in all: of numbers or levels, then that of a level not listed (categories only), then that of a missing value. */
  readonly codes: number
  readonly missing: number
}

/** Numbers what each feature of a forest can say. */
export function featureCodes(forest: Forest): FeatureCodes[] {
  const thresholds = forest.features.map(() => new Set<number>())
  for (const tree of forest.trees.flat()) {
    for (const [split, threshold] of tree.threshold.entries()) {
      if (threshold !== null) thresholds[tree.feature[split] as number]?.add(threshold)
    }
  }
  return forest.features.map((feature, f) => {
    const edges = Float64Array.from(thresholds[f] ?? []).sort()
    const missing = feature.kind === 'category' ? feature.levels.length + 1 : edges.length + 1
    return { edges, codes: missing + 1, missing }
  })
}

/** Codes rows `from` and following of a column into `codes`. */
export type CodeRows = (codes: Int32Array, from: number) => void

/** Makes a column ready to be coded piece by piece. */
export function codeColumn(column: Column, feature: ForestFeature, own: FeatureCodes): CodeRows {
  return column.kind === 'numeric' ? codeNumbers(column.values, own) : codeLevels(column.codes, levelPositions(feature, column.levels), own)
}

/** All rows take one step of the search before any takes the next: no step depends on a guess of the processor. */
function codeNumbers(values: Float64Array, { edges, missing }: FeatureCodes): CodeRows {
  const steps = Math.ceil(Math.log2(edges.length + 1))
  const padded = new Float64Array(2 ** steps).fill(Number.POSITIVE_INFINITY)
  padded.set(edges)
  return (codes, from) => {
    const count = Math.min(codes.length, values.length - from)
    codes.fill(0)
    for (let bit = steps - 1; bit >= 0; bit--) {
      const half = 2 ** bit
      for (let i = 0; i < count; i++) {
        const code = codes[i] as number
        codes[i] = code + (Number((values[from + i] as number) > (padded[code + half - 1] as number)) << bit)
      }
    }
    for (let i = 0; i < count; i++) if (!Number.isFinite(values[from + i])) codes[i] = missing
  }
}

function codeLevels(levels: Int32Array, positions: Int32Array, { missing }: FeatureCodes): CodeRows {
  return (codes, from) => {
    const count = Math.min(codes.length, levels.length - from)
    for (let i = 0; i < count; i++) {
      const level = levels[from + i] as number
      codes[i] = level < 0 ? missing : (positions[level] ?? missing - 1)
    }
  }
}
