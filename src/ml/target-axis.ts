import type { CategoryColumn, Target } from './table.ts'

/** Rows at which the smoothed mean of a level is half its own and half the overall mean. */
export const LEVEL_SMOOTHING = 10

/**
 * One number by row on which levels are ordered: the class index of a binary target, the value of a regression;
 * with more classes the direction in which the class shares of the levels differ most.
 */
export function targetAxis(column: CategoryColumn, target: Target): Float64Array {
  if (target.task === 'regression') return target.values
  if (target.task === 'binary') return new Float64Array(target.codes)
  const direction = mainDirection(column, target.codes, target.classes.length)
  return Float64Array.from(target.codes, (code) => direction[code] as number)
}

/** Sums of the axis and of the row weights by level, and rows by level. */
export interface LevelSums {
  /** Rows, each counted once. */
  readonly counts: Float64Array
  readonly weights: Float64Array
  readonly sums: Float64Array
  readonly mean: number
}

/** Which rows count, and how much; without either every row counts once. */
export interface RowChoice {
  readonly include?: ((row: number) => boolean) | undefined
  readonly rowWeights?: Float64Array | undefined
}

/** Sums the axis by level; the mean is over all rows that count. */
export function sumLevels(column: CategoryColumn, axis: Float64Array, choice: RowChoice = {}): LevelSums {
  const { include, rowWeights } = choice
  if (!include && !rowWeights) return sumAllRows(column, axis)
  const counts = new Float64Array(column.levels.length)
  const weights = new Float64Array(column.levels.length)
  const sums = new Float64Array(column.levels.length)
  let total = 0
  let all = 0
  for (let i = 0; i < axis.length; i++) {
    if (include && !include(i)) continue
    const weight = rowWeights ? (rowWeights[i] as number) : 1
    const value = weight * (axis[i] as number)
    const code = column.codes[i] as number
    total += value
    all += weight
    if (code < 0) continue
    counts[code] = (counts[code] as number) + 1
    weights[code] = (weights[code] as number) + weight
    sums[code] = (sums[code] as number) + value
  }
  return { counts, weights, sums, mean: all === 0 ? 0 : total / all }
}

/** The same where every row counts once. */
function sumAllRows({ levels, codes }: CategoryColumn, axis: Float64Array): LevelSums {
  const counts = new Float64Array(levels.length)
  const sums = new Float64Array(levels.length)
  let missing = 0
  for (let i = 0; i < axis.length; i++) {
    const code = codes[i] as number
    if (code < 0) missing += axis[i] as number
    else {
      counts[code] = (counts[code] as number) + 1
      sums[code] = (sums[code] as number) + (axis[i] as number)
    }
  }
  const total = sums.reduce((sum, one) => sum + one, missing)
  return { counts, weights: counts, sums, mean: axis.length === 0 ? 0 : total / axis.length }
}

/** Mean of a level pulled towards the overall mean; a level without rows has the overall mean. */
export function smoothedMean(level: LevelSums, code: number): number {
  const weight = level.weights[code] ?? 0
  return ((level.sums[code] ?? 0) + LEVEL_SMOOTHING * level.mean) / (weight + LEVEL_SMOOTHING)
}

/** First principal direction of the class shares of the levels, weighted by rows (power iteration). */
function mainDirection(column: CategoryColumn, codes: Int32Array, classes: number): Float64Array {
  const levels = column.levels.length
  const counts = new Float64Array(levels)
  const shares = new Float64Array(levels * classes)
  const overall = new Float64Array(classes)
  for (let i = 0; i < codes.length; i++) {
    const level = column.codes[i] as number
    if (level < 0) continue
    const cell = level * classes + (codes[i] as number)
    counts[level] = (counts[level] as number) + 1
    shares[cell] = (shares[cell] as number) + 1
    overall[codes[i] as number] = (overall[codes[i] as number] as number) + 1 / codes.length
  }
  for (let cell = 0; cell < shares.length; cell++) {
    const count = counts[Math.floor(cell / classes)] as number
    const centre = overall[cell % classes] as number
    shares[cell] = count === 0 ? 0 : ((shares[cell] as number) / count - centre) * Math.sqrt(count)
  }
  let direction = Float64Array.from(overall, (_, k) => (k === 0 ? 1 : -k / classes / classes))
  for (let step = 0; step < 30; step++) {
    const next = multiplyTwice(shares, direction)
    const length = Math.sqrt(next.reduce((sum, part) => sum + part * part, 0))
    if (length < 1e-12) break
    direction = next.map((value) => value / length)
  }
  return direction
}

/** Product of the transposed matrix with the product of the matrix and a vector; rows are levels. */
function multiplyTwice(matrix: Float64Array, vector: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const width = vector.length
  const result = new Float64Array(width)
  for (let start = 0; start < matrix.length; start += width) {
    let dot = 0
    for (let k = 0; k < width; k++) dot += (matrix[start + k] as number) * (vector[k] as number)
    for (let k = 0; k < width; k++) result[k] = (result[k] as number) + dot * (matrix[start + k] as number)
  }
  return result
}
