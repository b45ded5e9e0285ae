import { binLevels, binOrderedLevels } from './bin-levels.ts'
import { binNumbers } from './bin-numbers.ts'
import { encodeLevels, MANY_LEVELS } from './encode-levels.ts'
import { type FeatureBins, MOST_BINS } from './feature-bins.ts'
import type { FitRequest } from './fit-request.ts'
import type { CategoryColumn } from './table.ts'
import { wishedDirection } from './wished-direction.ts'

/** Distinct values up to which each keeps a bin of its own. */
const OWN_BINS = 128

/** Bins every column of a request for boosting. */
export function binTable(request: FitRequest, quantileBins: number): FeatureBins[] {
  const { table, target, monotone, seed, weights: rowWeights } = request
  const settings = {
    ownBins: Math.min(OWN_BINS, Math.max(4 * quantileBins, 2)),
    quantileBins: Math.min(quantileBins, MOST_BINS - 2),
    seed,
    rowWeights,
  }
  return table.columns.map((column) => {
    if (column.kind === 'numeric') return binNumbers(column, settings, wishedDirection(monotone, column.name))
    const used = usedLevels(column)
    if (column.ordered === true && used <= MOST_BINS - 2) return binOrderedLevels(column, wishedDirection(monotone, column.name))
    return used > MANY_LEVELS ? encodeLevels(column, target, settings) : binLevels(column, target, rowWeights)
  })
}

function usedLevels({ codes, levels }: CategoryColumn): number {
  const used = new Uint8Array(levels.length)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    if (code >= 0) used[code] = 1
  }
  let count = 0
  for (const one of used) count += one
  return count
}
