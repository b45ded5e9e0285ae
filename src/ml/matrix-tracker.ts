import { type BinLayout, viewsByFeature } from './binned-rows.ts'
import type { GradientTracker } from './gradient-tracker.ts'
import type { Statistics } from './statistics.ts'
import type { Step } from './step.ts'

/**
 * Tracks the gradient through the matrix of weights by pair of bins: a step costs a few passes over all bins,
 * whatever the number of rows. Rows of the matrix are cumulated inside each feature, so that a piece of a step
 * (a range of bins) is the difference of two rows.
 */
export function matrixTracker(statistics: Statistics): GradientTracker {
  const { layout, outputs } = statistics
  const size = layout.total
  const gradient = new Float64Array(outputs * size)
  const diagonal = new Float64Array(outputs * size)
  const matrices = Array.from({ length: outputs }, () => new Float32Array(size * size))
  const gradientViews = matrices.map((_, k) => viewsByFeature(gradient, k, layout))
  const diagonalViews = matrices.map((_, k) => viewsByFeature(diagonal, k, layout))
  const perOutput = matrices.map((_, k) => gradient.subarray(k * size, (k + 1) * size))
  return {
    refresh(curves, weights) {
      statistics.gradientByBin(curves, gradient)
      if (!weights) return
      for (const [k, matrix] of matrices.entries()) {
        statistics.weightsByPair(k, matrix)
        for (let bin = 0; bin < size; bin++) diagonal[k * size + bin] = matrix[bin * size + bin] as number
        cumulate(matrix, layout)
      }
    },
    gradientOf: (feature, output) => (gradientViews[output] as Float64Array[])[feature] as Float64Array,
    weightsOf: (feature, output) => (diagonalViews[output] as Float64Array[])[feature] as Float64Array,
    apply(step, feature, output) {
      subtractStep(step, {
        gradient: perOutput[output] as Float64Array,
        matrix: matrices[output] as Float32Array,
        offset: layout.offsets[feature] as number,
      })
    },
  }
}

function cumulate(matrix: Float32Array, { offsets, binCounts, total }: BinLayout): void {
  for (const [f, offset] of offsets.entries()) {
    for (let bin = 1; bin < (binCounts[f] as number); bin++) {
      const row = (offset + bin) * total
      for (let j = 0; j < total; j++) {
        matrix[row + j] = (matrix[row + j] as number) + (matrix[row - total + j] as number)
      }
    }
  }
}

interface StepTarget {
  readonly gradient: Float64Array
  readonly matrix: Float32Array
  readonly offset: number
}

/** Each piece but the last counts with its difference to the next, because the rows are cumulated. */
function subtractStep(step: Step, target: StepTarget): void {
  const factor = (q: number): number =>
    (step.values[q] as number) - (q + 1 < step.pieces ? (step.values[q + 1] as number) : 0)
  const row = (q: number): number => (target.offset + (step.ends[q] as number)) * target.gradient.length
  const { gradient, matrix } = target
  let q = 0
  for (; q + 1 < step.pieces; q += 2) subtractRows(gradient, matrix, [row(q), factor(q), row(q + 1), factor(q + 1)])
  if (q < step.pieces) subtractRows(gradient, matrix, [row(q), factor(q), row(q), 0])
}

type RowPair = readonly [rowA: number, factorA: number, rowB: number, factorB: number]

function subtractRows(gradient: Float64Array, matrix: Float32Array, [rowA, a, rowB, b]: RowPair): void {
  for (let j = 0; j < gradient.length; j++) {
    gradient[j] =
      (gradient[j] as number) - (a * (matrix[rowA + j] as number) + b * (matrix[rowB + j] as number))
  }
}
