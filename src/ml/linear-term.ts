import type { LevelEncoding, LinearEncoding, NumberEncoding } from './linear-encoding.ts'
import { placeLevels } from './linear-encoding.ts'
import type { CategoryTerm, SlopeTerm } from './model.ts'
import type { Column, NumericColumn } from './table.ts'

/** A term whose mean over the training rows is zero, and what was taken out of it, by output. */
export interface LinearTerm {
  readonly term: SlopeTerm | CategoryTerm
  readonly means: number[]
}

/** Turns the coefficients of one column (by output) into a term of the model. */
export function linearTerm(encoding: LinearEncoding, column: Column, coefficients: Float64Array[]): LinearTerm {
  if (encoding.kind === 'category') return levelTerm(encoding, column, coefficients)
  if (column.kind === 'numeric') return slopeTerm(encoding, column, coefficients)
  throw new Error(`"${column.name}" holds levels where numbers were learnt`)
}

function slopeTerm(encoding: NumberEncoding, column: NumericColumn, coefficients: Float64Array[]): LinearTerm {
  const rows = column.values.length
  const { mean, scale, missingRows } = encoding
  const slope = coefficients.map((own) => (own[0] as number) / scale + 0)
  const indicator = coefficients.map((own) => (missingRows > 0 ? (own[1] as number) : 0))
  const means = indicator.map((score) => (score * missingRows) / rows)
  const shift = means.map((value) => 0 - value)
  const missing = indicator.map((score, k) => (missingRows > 0 ? score - (means[k] as number) : 0))
  let size = 0
  for (const value of column.values) {
    for (let k = 0; k < slope.length; k++) {
      const score = Number.isFinite(value)
        ? (slope[k] as number) * (value - mean) + (shift[k] as number)
        : (missing[k] as number)
      size += Math.abs(score)
    }
  }
  const importance = size / (rows * slope.length)
  const { feature } = encoding
  const weights = { missing, missingWeight: missingRows, importance }
  return { term: { kind: 'slope', feature, mean, scale, slope, shift, ...weights }, means }
}

function levelTerm(encoding: LevelEncoding, column: Column, coefficients: Float64Array[]): LinearTerm {
  const { feature, levels, columnOfLevel, missingColumn, width } = encoding
  const counts = new Float64Array(width)
  let unseenWeight = 0
  for (const place of placeLevels(encoding, column)) {
    if (place < 0) unseenWeight++
    else counts[place] = (counts[place] as number) + 1
  }
  const rows = counts.reduce((sum, count) => sum + count, unseenWeight)
  const weighted = (own: ArrayLike<number>, valueOfScore: (score: number) => number): number =>
    counts.reduce((sum, count, j) => sum + (count * valueOfScore(own[j] as number)) / rows, 0)
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
