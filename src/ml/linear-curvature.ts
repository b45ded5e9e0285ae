import { gramDiagonal, gramMatrix } from './design-gram.ts'
import { takeColumns } from './elastic-net-columns.ts'
import { exp } from './exponential.ts'
import { type LinearDesign, multiplyDesign, takeDesign } from './linear-design.ts'
import type { LinearProblem } from './linear-problem.ts'
import { type RowWeights, takeWeights, totalWeight } from './row-weights.ts'
import { outputsOf, type Target, takeTarget } from './table.ts'

/** Products of rows and pairs of parts that one look at the curvature may need. */
const WORK = 100_000_000

/** Most columns of which the curvature is a full matrix. */
const FACTORED = 1200

/** Up to this many coefficients of all classes their curvature is taken together. */
const TOGETHER = 250

/** The rows by which the curvature of a loss is judged: all, or some at even steps that stand for all. */
export interface CurvatureRows {
  readonly design: LinearDesign
  readonly target: Target
  readonly weights: RowWeights
  /** Weight of all rows for the weight of these. */
  readonly factor: number
}

/** Second derivatives of the loss by some of the coefficients: a full matrix over their places in the point. */
export interface CurvatureBlock {
  readonly places: Int32Array
  readonly matrix: Float64Array
}

/** Whether the curvature of all columns can be looked at, by enough rows, and factored. */
export function canFactor({ rows, width, parts }: LinearDesign): boolean {
  return width <= FACTORED && Math.min(rows, 2 * width) * pairsOf(parts.length) <= WORK
}

function pairsOf(parts: number): number {
  return (parts * (parts + 1)) / 2
}

/** All rows, unless that were too much work. */
export function curvatureRows({ design, target, weights }: Omit<LinearProblem, 'penalty'>): CurvatureRows {
  const most = WORK / pairsOf(design.parts.length)
  const step = Math.max(1, Math.ceil(design.rows / Math.max(1, most)))
  if (step === 1) return { design, target, weights, factor: 1 }
  const rows = Int32Array.from({ length: Math.ceil(design.rows / step) }, (_, i) => i * step)
  const taken = takeWeights(weights, rows)
  const factor = totalWeight(design.rows, weights) / totalWeight(rows.length, taken)
  return { design: takeDesign(design, rows), target: takeTarget(target, rows), weights: taken, factor }
}

/**
 * The curvature at a point, output by output; of few coefficients the classes are taken together. `choose` picks the
 * design columns of an output that are looked at, ascending and the intercept first.
 */
export function curvatureAt(
  rows: CurvatureRows,
  point: Float64Array,
  choose?: (output: number) => Int32Array,
): CurvatureBlock[] {
  const { width } = rows.design
  const shares = sharesOf(rows, point)
  if (shares.length > 1 && point.length <= TOGETHER) return [jointBlock(rows, shares)]
  // Scores of all classes move against each other: on the directions that change anything p (1 - p) alone is too small.
  const against = shares.length === 1 ? 1 : shares.length / (shares.length - 1)
  return shares.map((share, k) => {
    const columns = choose?.(k) ?? Int32Array.from({ length: width }, (_, j) => j)
    const design = choose ? takeColumns(rows.design, columns) : rows.design
    const matrix = gramMatrix(
      design,
      rowCurvature(rows, (p) => against * p * (1 - p), share),
    )
    scale(matrix, rows.factor)
    return { places: columns.map((j) => k * width + j), matrix }
  })
}

/** The diagonal of the curvature at a point. */
export function curvatureDiagonalAt(rows: CurvatureRows, point: Float64Array): Float64Array {
  const { width } = rows.design
  const diagonal = new Float64Array(point.length)
  for (const [k, share] of sharesOf(rows, point).entries()) {
    diagonal.set(
      gramDiagonal(
        rows.design,
        rowCurvature(rows, (p) => p * (1 - p), share),
      ),
      k * width,
    )
  }
  scale(diagonal, rows.factor)
  return diagonal
}

/** All classes in one matrix: block (k, l) weighs rows by p_k (1 - p_k) or -p_k p_l. */
function jointBlock(rows: CurvatureRows, shares: readonly Float64Array[]): CurvatureBlock {
  const { width } = rows.design
  const size = shares.length * width
  const matrix = new Float64Array(size * size)
  for (const [k, share] of shares.entries()) {
    for (let l = 0; l <= k; l++) {
      const other = shares[l] as Float64Array
      const product = l === k ? (p: number) => p * (1 - p) : (p: number, row: number) => -p * (other[row] as number)
      const block = gramMatrix(rows.design, rowCurvature(rows, product, share))
      for (let i = 0; i < width; i++) {
        const line = block.subarray(i * width, (i + 1) * width)
        matrix.set(line, (k * width + i) * size + l * width)
        matrix.set(line, (l * width + i) * size + k * width)
      }
    }
    // Moving all intercepts alike changes nothing; a trifle keeps the matrix from being singular there.
    const own = k * width * size + k * width
    matrix[own] = (matrix[own] as number) * (1 + 1e-9)
  }
  scale(matrix, rows.factor)
  return { places: Int32Array.from({ length: size }, (_, i) => i), matrix }
}

/** Least share of its weight that a row keeps in the curvature, however sure its prediction is. */
const LEAST = 1e-6

/** Second derivative by row with respect to the score; squares have the weights themselves. */
function rowCurvature(
  { target, weights }: CurvatureRows,
  second: (probability: number, row: number) => number,
  share: Float64Array,
): RowWeights {
  if (target.task === 'regression') return weights
  const values = new Float64Array(share.length)
  for (let i = 0; i < share.length; i++) {
    const value = second(share[i] as number, i)
    values[i] = (weights ? (weights[i] as number) : 1) * (value < 0 ? value : Math.max(LEAST, value))
  }
  return values
}

/** Probabilities by output and row: of the positive class, or of each class. */
function sharesOf({ design, target }: CurvatureRows, point: Float64Array): Float64Array[] {
  const { rows, width } = design
  if (target.task === 'regression') return [new Float64Array(0)]
  const shares = Array.from({ length: outputsOf(target) }, (_, k) => {
    const scores = new Float64Array(rows)
    multiplyDesign(design, point.subarray(k * width, (k + 1) * width), scores)
    return scores
  })
  if (target.task === 'multiclass') softmaxRows(shares, rows)
  else for (const of of shares) for (let i = 0; i < rows; i++) of[i] = 1 / (1 + exp(-(of[i] as number)))
  return shares
}

function softmaxRows(shares: readonly Float64Array[], rows: number): void {
  for (let i = 0; i < rows; i++) {
    let highest = Number.NEGATIVE_INFINITY
    for (const of of shares) highest = Math.max(highest, of[i] as number)
    let total = 0
    for (const of of shares) {
      const share = exp((of[i] as number) - highest)
      of[i] = share
      total += share
    }
    for (const of of shares) of[i] = (of[i] as number) / total
  }
}

function scale(values: Float64Array, factor: number): void {
  if (factor === 1) return
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) * factor
}
