import { binLevels } from './bin-levels.ts'
import { binNumbers } from './bin-numbers.ts'
import { encodeLevels, MANY_LEVELS } from './encode-levels.ts'
import { type FeatureBins, MOST_BINS } from './feature-bins.ts'
import type { FitRequest } from './fit-request.ts'

/** Distinct values up to which each keeps a bin of its own. */
const OWN_BINS = 128

/** Bins every column of a request for boosting. */
export function binTable(request: FitRequest, quantileBins: number): FeatureBins[] {
  const { table, target, monotone, seed } = request
  const settings = {
    ownBins: Math.min(OWN_BINS, Math.max(4 * quantileBins, 2)),
    quantileBins: Math.min(quantileBins, MOST_BINS - 2),
    seed,
  }
  return table.columns.map((column) => {
    if (column.kind === 'numeric') return binNumbers(column, settings, monotone?.[column.name])
    return usedLevels(column.codes) > MANY_LEVELS
      ? encodeLevels(column, target, settings)
      : binLevels(column, target)
  })
}

function usedLevels(codes: Int32Array): number {
  const used = new Set<number>()
  for (const code of codes) if (code >= 0) used.add(code)
  return used.size
}
