import type { LevelEncoding, LinearEncoding, NumberEncoding } from './linear-encoding.ts'
import { placeLevels } from './linear-encoding.ts'
import type { CategoryTerm, SlopeTerm } from './model.ts'
import { type RowWeights, totalWeight } from './row-weights.ts'
import type { Column, NumericColumn } from './table.ts'

/** A term whose weighted mean over the training rows is zero, and what was taken out of it, by output. */
export interface LinearTerm {
  readonly term: SlopeTerm | CategoryTerm
  readonly means: number[]
}

/** What one column was fitted to. */
export interface FittedColumn {
  readonly column: Column
  readonly weights?: RowWeights
  /** Coefficients of the design columns, by output. */
  readonly coefficients: readonly Float64Array[]
}

/** Turns the coefficients of one column into a term of the model. */
export function linearTerm(encoding: LinearEncoding, fitted: FittedColumn): LinearTerm {
  const { column } = fitted
  if (encoding.kind === 'category') return levelTerm(encoding, fitted)
  if (column.kind === 'numeric') return slopeTerm(encoding, column, fitted)
  throw new Error(`"${column.name}" holds levels where numbers were learnt`)
}

function slopeTerm(
  encoding: NumberEncoding,
  column: NumericColumn,
  { weights, coefficients }: FittedColumn,
): LinearTerm {
  const { feature, mean, scale, width } = encoding
  const total = totalWeight(column.values.length, weights)
  let missingWeight = 0
  for (let i = 0; i < column.values.length; i++) {
    if (!Number.isFinite(column.values[i])) missingWeight += weights ? (weights[i] as number) : 1
  }
  const slope = coefficients.map((own) => (own[0] as number) / scale + 0)
  const indicator = coefficients.map((own) => (width > 1 ? (own[1] as number) : 0))
  const means = indicator.map((score) => (score * missingWeight) / total)
  const shift = means.map((value) => 0 - value)
  const missing = indicator.map((score, k) => (width > 1 ? score - (means[k] as number) : 0))
  let size = 0
  for (let i = 0; i < column.values.length; i++) {
    const value = column.values[i] as number
    const weight = weights ? (weights[i] as number) : 1
    for (let k = 0; k < slope.length; k++) {
      const score = Number.isFinite(value)
        ? (slope[k] as number) * (value - mean) + (shift[k] as number)
        : (missing[k] as number)
      size += weight * Math.abs(score)
    }
  }
  const importance = size / (total * slope.length)
  return { term: { kind: 'slope', feature, mean, scale, slope, shift, missing, missingWeight, importance }, means }
}

function levelTerm(encoding: LevelEncoding, { column, weights, coefficients }: FittedColumn): LinearTerm {
  const { feature, levels, columnOfLevel, missingColumn, width } = encoding
  const counts = new Float64Array(width)
  let unseenWeight = 0
  for (const [row, place] of placeLevels(encoding, column).entries()) {
    const weight = weights ? (weights[row] as number) : 1
    if (place === width) unseenWeight += weight
    else counts[place] = (counts[place] as number) + weight
  }
  const total = counts.reduce((sum, count) => sum + count, unseenWeight)
  const weighted = (own: ArrayLike<number>, valueOfScore: (score: number) => number): number =>
    counts.reduce((sum, count, j) => sum + (count * valueOfScore(own[j] as number)) / total, 0)
  const means = coefficients.map((own) => weighted(own, (score) => score))
  const centred = coefficients.map((own, k) => Array.from(own, (score) => score - (means[k] as number)))
  const bins = missingColumn < 0 ? width : missingColumn
  const importance = centred.reduce((sum, own) => sum + weighted(own, Math.abs), 0) / coefficients.length
  const term: CategoryTerm = {
    kind: 'category',
    feature,
    levels,
    bins: columnOfLevel,
    scores: centred.map((own) => own.slice(0, bins)),
    deviation: centred.map(() => Array.from({ length: bins }, () => 0)),
    weight: Array.from(counts.subarray(0, bins)),
    missing: centred.map((own) => (missingColumn < 0 ? 0 : (own[missingColumn] as number))),
    missingWeight: missingColumn < 0 ? 0 : (counts[missingColumn] as number),
    // An unseen level has no column: all its indicators are zero.
    unseen: means.map((mean) => 0 - mean),
    unseenWeight,
    importance,
  }
  return { term, means }
}
