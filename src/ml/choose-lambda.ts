import { type Context, runParts } from './context.ts'
import { gramMatrix } from './design-gram.ts'
import { assignFolds, splitRows } from './folds.ts'
import { designRows, type LinearDesign, multiplyDesign } from './linear-design.ts'
import { learnEncodings } from './linear-encoding.ts'
import { linearLoss } from './linear-loss.ts'
import { solveLinear } from './solve-linear.ts'
import { outputsOf, type Table, type Target, takeRows, takeTarget, targetRows } from './table.ts'

/** Penalties that are tried, from strong to weak, each starting where the one before ended. */
const LAMBDAS = [10_000, 1000, 100, 10, 1, 0.1, 0.01]

const FOLDS = 5

/** Rows x columns x outputs of the trial; more rows are thinned out. */
const CELLS = 2_000_000

/** Rows and columns to choose a penalty on. */
export interface LambdaInput {
  readonly table: Table
  readonly target: Target
  readonly seed: number
}

/** Chooses the penalty with the lowest cross-validated loss; the stronger one of equals. */
export async function chooseLambda({ table, target, seed }: LambdaInput, context: Context): Promise<number> {
  const rows = targetRows(target)
  const most = Math.max(1000, Math.floor(CELLS / Math.max(1, table.columns.length * outputsOf(target))))
  const count = Math.min(rows, most)
  const kept = Int32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count))
  const sample = { table: takeRows(table, kept), target: takeTarget(target, kept) }
  const folds = assignFolds(sample.target, Math.min(FOLDS, count), seed)
  const parts = Array.from({ length: Math.min(FOLDS, count) }, (_, fold) => ({ ...sample, folds, fold }))
  const losses = await runParts({ task: 'scoreLambdas', run: scoreLambdas }, parts, context)
  const sums = LAMBDAS.map((_, i) => losses.reduce((sum, fold) => sum + (fold[i] ?? 0), 0))
  return LAMBDAS[sums.indexOf(Math.min(...sums))] ?? 1
}

/** One fold of the choice. */
export interface ScoreLambdasInput {
  readonly table: Table
  readonly target: Target
  readonly folds: Int32Array
  readonly fold: number
}

/** Loss on the rows of one fold for every penalty, learnt on the other rows. */
export function scoreLambdas({ table, target, folds, fold }: ScoreLambdasInput): number[] {
  const { train, test } = splitRows(folds, fold)
  if (train.length === 0 || test.length === 0) return []
  const learnt = takeRows(table, train)
  const encodings = learnEncodings(learnt)
  const design = designRows(learnt, encodings)
  const gram = gramMatrix(design)
  const held = designRows(takeRows(table, test), encodings)
  const coefficients = new Float64Array(outputsOf(target) * design.width)
  const trainTarget = takeTarget(target, train)
  const testTarget = takeTarget(target, test)
  return LAMBDAS.map((lambda) => {
    solveLinear(coefficients, { design, target: trainTarget, gram, lambda, steps: 25, tolerance: 1e-6 })
    return lossOf(held, testTarget, coefficients)
  })
}

function lossOf(design: LinearDesign, target: Target, coefficients: Float64Array): number {
  const { rows, width } = design
  const scores = new Float64Array(outputsOf(target) * rows)
  for (let k = 0; k * width < coefficients.length; k++) {
    multiplyDesign(design, coefficients.subarray(k * width, (k + 1) * width), scores.subarray(k * rows, (k + 1) * rows))
  }
  return linearLoss(target)(scores, rows)
}
