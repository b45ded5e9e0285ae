import { elementAt } from './element-at.ts'

/** Weight of each row, finite and not negative; without weights each row counts once. */
export type RowWeights = Float64Array | undefined

/** Sum of the weights. */
export function totalWeight(rows: number, weights: RowWeights): number {
  if (!weights) return rows
  let sum = 0
  for (const weight of weights) sum += weight
  return sum
}

/** Rows of a weight above zero, ascending. */
export function rowsThatCount(rows: number, weights: RowWeights): Int32Array {
  const counting: number[] = []
  for (let i = 0; i < rows; i++) if (!weights || (weights[i] as number) > 0) counting.push(i)
  return Int32Array.from(counting)
}

/**
 * What stands for one row where a rule speaks of rows: 1, or the mean weight where that is below 1. So a row of weight
 * 3 is worth three rows, as if it were repeated, and weights that sum to 1 do not make every level rare.
 */
export function weightOfOneRow(weights: RowWeights): number {
  if (!weights) return 1
  let counting = 0
  for (const weight of weights) if (weight > 0) counting++
  return counting === 0 ? 1 : Math.min(1, totalWeight(weights.length, weights) / counting)
}

/** Copies the weights of the given rows. */
export function takeWeights(weights: RowWeights, rows: Int32Array): RowWeights {
  if (!weights) return undefined
  const taken = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) taken[i] = elementAt(weights, rows[i] as number)
  return taken
}

/**
 * Weighted mean and standard deviation (of the population) of the finite values, 0 where there are none; values so large
 * that their squares overflow are taken in units of the largest.
 */
export function spreadOf(values: Float64Array, weights: RowWeights): { mean: number; deviation: number } {
  let largest = 0
  for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value))
  const unit = largest > 1e100 ? largest : 1
  let sum = 0
  let total = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!Number.isFinite(value)) continue
    const weight = weights ? (weights[i] as number) : 1
    sum += weight * (value / unit)
    total += weight
  }
  const mean = total === 0 ? 0 : sum / total
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isFinite(value)) squares += (weights ? (weights[i] as number) : 1) * (value / unit - mean) ** 2
  }
  return { mean: mean * unit, deviation: (total === 0 ? 0 : Math.sqrt(squares / total)) * unit }
}
