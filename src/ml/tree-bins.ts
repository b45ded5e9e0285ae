import type { ForestFeature } from './model.ts'
import { betweenValues, chooseEdges } from './numeric-edges.ts'
import type { CategoryColumn, Column } from './table.ts'
import { fewDistinct, type ValueCounts } from './tree-distinct.ts'

/** How the values of a feature become codes below 256; code 0 is a missing value. */
export type TreeBins =
  | {
      readonly kind: 'numeric'
      /** Code i + 1 holds edges[i-1] < value <= edges[i]. */
      readonly edges: readonly number[]
      readonly codes: number
    }
  | {
      readonly kind: 'ordered' | 'levels'
      readonly codeOfLevel: Uint8Array
      /** Codes in all; the last one may pool levels that are too rare for one of their own. */
      readonly codes: number
      readonly pools: boolean
    }

/** Codes that values may have beside the missing one. */
const MOST_BINS = 255

/** Rows of a bin where values are few: LightGBM's `min_data_in_bin`. */
const ROWS_PER_BIN = 3

/** Values from which quantiles are taken: about a hundred for each bin, so that more would hardly move an edge. */
const SAMPLE = 25_000

/** Learns the bins of a column. */
export function learnTreeBins(column: Column): TreeBins {
  if (column.kind === 'numeric') {
    const edges = numericEdges(column.values)
    return { kind: 'numeric', edges, codes: edges.length + 2 }
  }
  return column.ordered === true ? orderedBins(column) : levelBins(column)
}

/** What the forest keeps of a column. */
export function forestFeature(column: Column): ForestFeature {
  return column.kind === 'numeric'
    ? { kind: 'numeric', feature: column.name }
    : { kind: 'category', feature: column.name, levels: [...column.levels] }
}

function numericEdges(values: Float64Array): number[] {
  const distinct = fewDistinct(values, MOST_BINS)
  if (distinct) return edgesBetween(distinct)
  // One fewer, because quantiles may give an edge more than was asked for.
  const settings = { ownBins: 0, quantileBins: MOST_BINS - 1 }
  if (values.length <= SAMPLE) return chooseEdges(values, settings)
  const step = values.length / SAMPLE
  const sample = new Float64Array(SAMPLE)
  for (let i = 0; i < SAMPLE; i++) sample[i] = values[Math.floor(i * step)] as number
  return chooseEdges(sample, settings)
}

/** A bin for each value, or for neighbours that together have enough rows. */
function edgesBetween({ values, counts }: ValueCounts): number[] {
  const edges: number[] = []
  let rows = 0
  for (let i = 1; i < values.length; i++) {
    rows += counts[i - 1] as number
    if (rows < ROWS_PER_BIN) continue
    edges.push(betweenValues(values[i - 1] as number, values[i] as number))
    rows = 0
  }
  return edges
}

/** Neighbours share a code where there are more levels than codes; a level without rows keeps its place in the order. */
function orderedBins({ levels }: CategoryColumn): TreeBins {
  const bins = Math.min(levels.length, MOST_BINS)
  const codeOfLevel = Uint8Array.from(levels, (_, i) => 1 + Math.floor((i * bins) / levels.length))
  return { kind: 'ordered', codeOfLevel, codes: bins + 1, pools: false }
}

/** A code for each level, the most frequent first; what finds no code of its own shares the last. */
function levelBins({ levels, codes }: CategoryColumn): TreeBins {
  const counts = new Float64Array(levels.length)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    if (code >= 0) counts[code] = (counts[code] as number) + 1
  }
  const seen = Array.from(counts.keys()).filter((level) => (counts[level] as number) > 0)
  seen.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
  const pools = seen.length > MOST_BINS
  const own = pools ? MOST_BINS - 1 : seen.length
  const codeOfLevel = new Uint8Array(levels.length).fill(pools ? MOST_BINS : 0)
  for (let rank = 0; rank < own; rank++) codeOfLevel[seen[rank] as number] = rank + 1
  return { kind: 'levels', codeOfLevel, codes: own + 1 + (pools ? 1 : 0), pools }
}
