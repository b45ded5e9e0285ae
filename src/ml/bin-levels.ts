import { type FeatureBins, sharedCodes } from './feature-bins.ts'
import type { Direction } from './model.ts'
import type { CategoryColumn, Target } from './table.ts'
import { type LevelSums, smoothedMean, sumLevels, targetAxis } from './target-axis.ts'

/** Rows that a level needs for a bin of its own; rarer ones share the bin of unseen levels. */
const RARE = 2

/** Bins a column of few levels: one bin a level, ordered by its smoothed target mean, the unseen one at the mean. */
export function binLevels(column: CategoryColumn, target: Target, rowWeights?: Float64Array): FeatureBins {
  const sums = sumLevels(column, targetAxis(column, target), { rowWeights })
  const kept = orderLevels(sums)
  let unseen = kept.findIndex((code) => smoothedMean(sums, code) > sums.mean) + 1
  if (unseen === 0) unseen = kept.length + 1
  // Bin 0 is missing; levels from the unseen bin on move one up to make room for it.
  const binOfKept = kept.map((_, rank) => (rank + 1 < unseen ? rank + 1 : rank + 2))
  const binOfCode = new Uint8Array(column.levels.length).fill(unseen)
  for (const [rank, code] of kept.entries()) binOfCode[code] = binOfKept[rank] as number
  const codes = sharedCodes(column.codes.length)
  for (let i = 0; i < codes.length; i++) {
    const code = column.codes[i] as number
    codes[i] = code < 0 ? 0 : (binOfCode[code] as number)
  }
  const levels = kept.map((code) => column.levels[code] as string)
  const rule = { kind: 'category', levels, binOfLevel: binOfKept, unseen } as const
  return { feature: column.name, rule, bins: kept.length + 2, codes }
}

/** Levels that are frequent enough, in ascending order of smoothed mean; equal ones in order of the level list. */
function orderLevels(sums: LevelSums): number[] {
  const kept: number[] = []
  for (let code = 0; code < sums.counts.length; code++) if ((sums.counts[code] as number) >= RARE) kept.push(code)
  return kept.sort((a, b) => smoothedMean(sums, a) - smoothedMean(sums, b) || a - b)
}

/** Bins a column of ordered levels: one bin a level that occurs, in the given order; the unseen bin comes last. */
export function binOrderedLevels(column: CategoryColumn, direction?: Direction): FeatureBins {
  const occurs = new Uint8Array(column.levels.length)
  for (const code of column.codes) if (code >= 0) occurs[code] = 1
  const levels: string[] = []
  const binOfLevel: number[] = []
  const binOfCode = new Uint8Array(column.levels.length)
  for (const [code, level] of column.levels.entries()) {
    if (occurs[code] === 0) continue
    levels.push(level)
    binOfLevel.push(levels.length)
    binOfCode[code] = levels.length
  }
  const codes = sharedCodes(column.codes.length)
  for (let i = 0; i < codes.length; i++) {
    const code = column.codes[i] as number
    codes[i] = code < 0 ? 0 : (binOfCode[code] as number)
  }
  const unseen = levels.length + 1
  const given = direction ? { direction } : {}
  const rule = { kind: 'category', levels, binOfLevel, unseen, ordered: true, ...given } as const
  return { feature: column.name, rule, bins: levels.length + 2, codes }
}
