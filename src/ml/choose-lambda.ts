import { type Context, runParts } from './context.ts'
import { assignFolds, splitRows } from './folds.ts'
import { designRows, multiplyDesign, takeDesign } from './linear-design.ts'
import { type LinearEncoding, learnEncodings } from './linear-encoding.ts'
import { linearLoss } from './linear-loss.ts'
import { type LinearData, type PenaltyPath, penaltyPath, solvePath } from './linear-path.ts'
import type { Penalty } from './linear-problem.ts'
import { type RowWeights, takeWeights } from './row-weights.ts'
import type { LinearSettings } from './settings.ts'
import { outputsOf, type Table, type Target, takeRows, takeTarget } from './table.ts'

const FOLDS = 5

/** Penalties of a path, by default. */
const RIDGE_LENGTH = 7
const L1_LENGTH = 20

/** Rows x columns x outputs of the trial; more rows are thinned out, but not to fewer than these. */
const CELLS = 75_000
const FEWEST_ROWS = 3000

/** Rows and columns to choose a penalty on; every weight is above zero. */
export interface PenaltyInput {
  readonly table: Table
  readonly target: Target
  readonly weights?: RowWeights
  readonly settings?: LinearSettings | undefined
  readonly seed: number
}

/**
 * Chooses the penalty with the lowest cross-validated loss, the stronger one of equals. It is the lowest itself, not
 * the strongest penalty within a standard error of it: the penalty is there to predict well, not to leave columns out.
 */
export async function choosePenalty(input: PenaltyInput, context: Context): Promise<Penalty> {
  const { settings, seed } = input
  const { table, target, weights } = thinRows(input)
  const encodings = learnEncodings(table, weights)
  const data = { design: designRows(table, encodings), target, weights }
  const paths = (settings?.l1Ratio === undefined ? [0] : [settings.l1Ratio]).map((l1Ratio) =>
    penaltyPath(data, l1Ratio, settings?.pathLength ?? (l1Ratio === 0 ? RIDGE_LENGTH : L1_LENGTH)),
  )
  const count = Math.min(FOLDS, table.rows)
  const folds = assignFolds(target, count, seed)
  const parts = Array.from({ length: count }, (_, fold) => ({ table, target, weights, encodings, paths, folds, fold }))
  const losses = await runParts({ task: 'scoreLambdas', run: scoreLambdas }, parts, context)
  let best: (Penalty & { loss: number }) | undefined
  for (const [p, { l1Ratio, lambdas }] of paths.entries()) {
    for (const [i, lambda] of lambdas.entries()) {
      const loss = losses.reduce((sum, fold) => sum + lossAt(fold, p, i), 0)
      if (!best || loss < best.loss) best = { lambda, l1Ratio, loss }
    }
  }
  return { lambda: best?.lambda ?? 1, l1Ratio: best?.l1Ratio ?? 0 }
}

/** A fold without rows says nothing; a penalty that a fold left out is none to choose. */
function lossAt(fold: readonly number[][], path: number, penalty: number): number {
  return fold.length === 0 ? 0 : (fold[path]?.[penalty] ?? Number.POSITIVE_INFINITY)
}

/** One fold of the choice; the encodings read no target, so they may be those of all rows. */
export interface ScoreLambdasInput {
  readonly table: Table
  readonly target: Target
  readonly weights?: RowWeights
  readonly encodings: readonly LinearEncoding[]
  readonly paths: readonly PenaltyPath[]
  readonly folds: Int32Array
  readonly fold: number
}

/**
 * Loss on the rows of one fold for every path and penalty, learnt on the other rows. Penalties that are clearly too
 * weak for this fold, and take longest, are left out.
 */
export function scoreLambdas(input: ScoreLambdasInput): number[][] {
  const { table, target, weights, encodings, paths, folds, fold } = input
  const { train, test } = splitRows(folds, fold)
  if (train.length === 0 || test.length === 0) return []
  const whole = { design: designRows(table, encodings), target, weights }
  const learnt = takeData(whole, train)
  const held = takeData(whole, test)
  return paths.map((path) => {
    const losses: number[] = []
    solvePath(learnt, path, (point) => {
      losses.push(lossOf(held, point))
      return !isPastBest(losses)
    })
    return losses
  })
}

/** Whether the loss has risen twice on end and is a hundredth above the lowest. */
function isPastBest(losses: readonly number[]): boolean {
  const [before, last, now] = losses.slice(-3)
  if (before === undefined || last === undefined || now === undefined) return false
  return now > last && last > before && now > 1.01 * Math.min(...losses)
}

function takeData({ design, target, weights }: LinearData, rows: Int32Array): LinearData {
  return { design: takeDesign(design, rows), target: takeTarget(target, rows), weights: takeWeights(weights, rows) }
}

function lossOf({ design, target, weights }: LinearData, point: Float64Array): number {
  const { rows, width } = design
  const scores = new Float64Array(outputsOf(target) * rows)
  for (let k = 0; k * width < point.length; k++) {
    multiplyDesign(design, point.subarray(k * width, (k + 1) * width), scores.subarray(k * rows, (k + 1) * rows))
  }
  return linearLoss(target, weights)(scores, rows)
}

/** Rows at even steps, as many as the choice may cost. */
function thinRows({ table, target, weights }: PenaltyInput): Pick<PenaltyInput, 'table' | 'target' | 'weights'> {
  const most = Math.max(FEWEST_ROWS, Math.floor(CELLS / Math.max(1, table.columns.length * outputsOf(target))))
  if (table.rows <= most) return { table, target, weights }
  const kept = Int32Array.from({ length: most }, (_, i) => Math.floor((i * table.rows) / most))
  return { table: takeRows(table, kept), target: takeTarget(target, kept), weights: takeWeights(weights, kept) }
}
