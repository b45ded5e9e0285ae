import { type FeatureBins, sharedCodes } from './feature-bins.ts'
import { assignFolds } from './folds.ts'
import { chooseEdges, type EdgeSettings } from './numeric-edges.ts'
import { placeNumber } from './place-number.ts'
import type { CategoryColumn, Target } from './table.ts'
import { smoothedMean, sumLevels, targetAxis } from './target-axis.ts'

/** More levels than this are encoded by their mean instead of having a bin each. */
export const MANY_LEVELS = 50

const ENCODING_FOLDS = 5

/** How a column of many levels is encoded and binned. */
export interface EncodingSettings extends EdgeSettings {
  readonly seed: number
  readonly rowWeights?: Float64Array | undefined
}

/** Levels seen once are, in every fold, as good as unseen; they are not kept. */
const RARE = 2

/**
 * Bins a column of many levels by the smoothed target mean of the level. For training each row gets the mean over
 * the other folds (its own target would leak: a noise column then looks perfect); for prediction over all rows.
 */
export function encodeLevels(column: CategoryColumn, target: Target, settings: EncodingSettings) {
  const { rowWeights } = settings
  const axis = targetAxis(column, target)
  const crossFitted = crossFit(column, { axis, rowWeights, folds: assignFolds(target, ENCODING_FOLDS, settings.seed) })
  const edges = Float64Array.from(chooseEdges(crossFitted, settings))
  const codes = sharedCodes(axis.length)
  for (let i = 0; i < codes.length; i++) {
    const value = crossFitted[i] as number
    codes[i] = Number.isNaN(value) ? 0 : placeNumber(edges, value) + 1
  }
  const sums = sumLevels(column, axis, { rowWeights })
  const levels: string[] = []
  const binOfLevel: number[] = []
  for (const [code, level] of column.levels.entries()) {
    if ((sums.counts[code] as number) < RARE) continue
    levels.push(level)
    binOfLevel.push(placeNumber(edges, smoothedMean(sums, code)) + 1)
  }
  const unseen = placeNumber(edges, sums.mean) + 1
  const rule = { kind: 'category', levels, binOfLevel, unseen, encoded: true } as const
  return { feature: column.name, rule, bins: edges.length + 2, codes } satisfies FeatureBins
}

interface CrossFit {
  readonly axis: Float64Array
  readonly rowWeights: Float64Array | undefined
  readonly folds: Int32Array
}

function crossFit(column: CategoryColumn, { axis, rowWeights, folds }: CrossFit): Float64Array {
  const values = new Float64Array(axis.length)
  for (let fold = 0; fold < ENCODING_FOLDS; fold++) {
    const others = sumLevels(column, axis, { rowWeights, include: (row) => folds[row] !== fold })
    for (let i = 0; i < values.length; i++) {
      if (folds[i] !== fold) continue
      const code = column.codes[i] as number
      values[i] = code < 0 ? Number.NaN : smoothedMean(others, code)
    }
  }
  return values
}
