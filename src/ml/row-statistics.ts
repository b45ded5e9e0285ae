import { countByPair, sumByPair } from './bin-kernels.ts'
import { type BinnedRows, codesOfTerm, countBinnedRows, sumBinnedRows } from './binned-rows.ts'
import type { BoostingLoss } from './boosting-loss.ts'
import { rowScores } from './row-scores.ts'
import type { Statistics } from './statistics.ts'
import type { TermShape } from './term-shape.ts'

/** Rows and the terms whose cells they lie in. */
export interface TermRows {
  readonly rows: BinnedRows
  readonly shapes: readonly TermShape[]
}

/** Answers the questions of boosting from rows in memory. */
export function rowStatistics({ rows, shapes }: TermRows, loss: BoostingLoss, start: Float64Array): Statistics {
  const { layout } = rows
  const size = loss.outputs * rows.rows
  const held = rowScores(rows, loss, start)
  const gradientByRow = new Float64Array(size)
  const weightByRow = new Float64Array(loss.constantWeights && !rows.rowWeights ? 0 : size)
  const ofOutput = (values: Float64Array, k: number) => values.subarray(k * rows.rows, (k + 1) * rows.rows)
  return {
    layout,
    shapes,
    outputs: loss.outputs,
    rows: rows.rows,
    constantWeights: loss.constantWeights,
    quadratic: loss.quadratic,
    rowsByCell: countBinnedRows(rows),
    gradientByCell(scores, gradient) {
      held.update(scores)
      differentiateRows({ rows, loss, scores: held.scores }, gradientByRow, weightByRow)
      gradient.fill(0)
      for (let k = 0; k < loss.outputs; k++) {
        sumBinnedRows(rows, ofOutput(gradientByRow, k), { sums: gradient, output: k })
      }
    },
    weightsByPair(output, weights) {
      const weightOfRow = weightByRow.length === 0 ? undefined : ofOutput(weightByRow, output)
      for (let a = 0; a < shapes.length; a++) {
        for (let b = a; b < shapes.length; b++) fillBlock(rows, { a, b, weightOfRow, weights })
      }
    },
  }
}

/** Rows, their loss and their scores. */
export interface ScoredRows {
  readonly rows: BinnedRows
  readonly loss: BoostingLoss
  readonly scores: Float64Array
}

/** Derivatives of the loss by output and row, times the weight of the row. */
export function differentiateRows({ rows, loss, scores }: ScoredRows, gradient: Float64Array, weights: Float64Array): void {
  if (loss.constantWeights) weights.fill(1)
  loss.differentiate({ rows: rows.rows, target: rows.target, scores }, gradient, weights)
  const { rowWeights } = rows
  if (!rowWeights) return
  for (let i = 0; i < gradient.length; i++) {
    const weight = rowWeights[i % rows.rows] as number
    gradient[i] = weight * (gradient[i] as number)
    weights[i] = weight * (weights[i] as number)
  }
}

interface Block {
  readonly a: number
  readonly b: number
  readonly weightOfRow: Float64Array | undefined
  readonly weights: Float32Array
}

/** Sums one pair of terms and writes the block on both sides of the diagonal. */
function fillBlock(rows: BinnedRows, { a, b, weightOfRow, weights }: Block): void {
  const { layout } = rows
  const height = layout.binCounts[a] as number
  const width = layout.binCounts[b] as number
  const startA = layout.offsets[a] as number
  const startB = layout.offsets[b] as number
  const sums = new Float64Array(height * width)
  const pair = { codesA: codesOfTerm(rows, a), codesB: codesOfTerm(rows, b), width }
  if (weightOfRow) sumByPair(pair, weightOfRow, sums)
  else countByPair(pair, sums)
  for (let i = 0; i < height; i++) {
    const to = (startA + i) * layout.total + startB
    for (let j = 0; j < width; j++) weights[to + j] = sums[i * width + j] as number
  }
  if (a === b) return
  // A loop of its own, so that both sides are written along the rows of the matrix.
  for (let j = 0; j < width; j++) {
    const to = (startB + j) * layout.total + startA
    for (let i = 0; i < height; i++) weights[to + i] = sums[i * width + j] as number
  }
}
