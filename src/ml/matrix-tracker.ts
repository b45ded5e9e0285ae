import { type BinLayout, viewsByTerm } from './binned-rows.ts'
import { type Change, emptyChange } from './change.ts'
import type { GradientTracker } from './gradient-tracker.ts'
import type { Statistics } from './statistics.ts'
import type { TermShape } from './term-shape.ts'

/**
 * Tracks the gradient through the matrix of weights by pair of cells: a change costs a few passes over all cells,
 * whatever the number of rows. Rows of the matrix are cumulated inside each term, so that a change is a combination
 * of as many of them as it has corners.
 */
export function matrixTracker(statistics: Statistics): GradientTracker {
  const { layout, outputs, shapes } = statistics
  const size = layout.total
  const gradient = new Float64Array(outputs * size)
  const diagonal = new Float64Array(outputs * size)
  const matrices = Array.from({ length: outputs }, () => new Float32Array(size * size))
  const gradientViews = matrices.map((_, k) => viewsByTerm(gradient, k, layout))
  const diagonalViews = matrices.map((_, k) => viewsByTerm(diagonal, k, layout))
  const perOutput = matrices.map((_, k) => gradient.subarray(k * size, (k + 1) * size))
  const changes = layout.binCounts.map((cells) => emptyChange(new Float64Array(cells)))
  return {
    blockSize: 1,
    changes,
    refreshWork: outputs * statistics.rows * (2 * shapes.length + 20),
    buildWork: outputs * ((shapes.length * shapes.length * statistics.rows) / 1.5 + 3 * size * size),
    visitWork: 1.5 * size + 1200,
    lookAt: () => undefined,
    refresh(scores, weights) {
      statistics.gradientByCell(scores, gradient)
      if (!weights) return
      for (const [k, matrix] of matrices.entries()) {
        statistics.weightsByPair(k, matrix)
        for (let cell = 0; cell < size; cell++) diagonal[k * size + cell] = matrix[cell * size + cell] as number
        cumulate(matrix, layout, shapes)
      }
    },
    gradientOf: (term, output) => (gradientViews[output] as Float64Array[])[term] as Float64Array,
    weightsOf: (term, output) => (diagonalViews[output] as Float64Array[])[term] as Float64Array,
    apply(terms, output) {
      for (const term of terms) {
        const change = changes[term] as Change
        if (change.count === 0) continue
        subtractChange(change, {
          gradient: perOutput[output] as Float64Array,
          matrix: matrices[output] as Float32Array,
          offset: layout.offsets[term] as number,
        })
      }
    },
  }
}

function cumulate(matrix: Float32Array, { offsets, total }: BinLayout, shapes: readonly TermShape[]): void {
  for (const [t, shape] of shapes.entries()) {
    const start = offsets[t] as number
    const width = shape.kind === 'grid' ? shape.columns : shape.cells
    for (let cell = 0; cell < shape.cells; cell++) {
      if (cell % width > 0) addRow(matrix, { to: start + cell, from: start + cell - 1, total })
    }
    for (let cell = width; cell < shape.cells; cell++) addRow(matrix, { to: start + cell, from: start + cell - width, total })
  }
}

function addRow(matrix: Float32Array, { to, from, total }: { to: number; from: number; total: number }): void {
  const target = to * total
  const source = from * total
  for (let j = 0; j < total; j++) matrix[target + j] = (matrix[target + j] as number) + (matrix[source + j] as number)
}

interface ChangeTarget {
  readonly gradient: Float64Array
  readonly matrix: Float32Array
  readonly offset: number
}

/** Three corners a pass: the pass over the gradient costs as much as a corner. */
function subtractChange({ corners, factors, count }: Change, { gradient, matrix, offset }: ChangeTarget): void {
  const size = gradient.length
  for (let c = 0; c < count; c += 3) {
    const rowA = (offset + (corners[c] as number)) * size
    const a = factors[c] as number
    const rowB = c + 1 < count ? (offset + (corners[c + 1] as number)) * size : rowA
    const b = c + 1 < count ? (factors[c + 1] as number) : 0
    const rowC = c + 2 < count ? (offset + (corners[c + 2] as number)) * size : rowA
    const factorC = c + 2 < count ? (factors[c + 2] as number) : 0
    if (b === 0) subtractOne({ gradient, matrix }, rowA, a)
    else if (factorC === 0) subtractTwo({ gradient, matrix }, [rowA, rowB], [a, b])
    else subtractThree({ gradient, matrix }, [rowA, rowB, rowC], [a, b, factorC])
  }
}

type Arrays = Pick<ChangeTarget, 'gradient' | 'matrix'>

function subtractOne({ gradient, matrix }: Arrays, row: number, a: number): void {
  for (let j = 0; j < gradient.length; j++) {
    gradient[j] = (gradient[j] as number) - a * (matrix[row + j] as number)
  }
}

function subtractTwo({ gradient, matrix }: Arrays, rows: readonly [number, number], factors: readonly [number, number]): void {
  const [rowA, rowB] = rows
  const [a, b] = factors
  for (let j = 0; j < gradient.length; j++) {
    gradient[j] = (gradient[j] as number) - (a * (matrix[rowA + j] as number) + b * (matrix[rowB + j] as number))
  }
}

type Triple = readonly [number, number, number]

function subtractThree({ gradient, matrix }: Arrays, rows: Triple, factors: Triple): void {
  const [rowA, rowB, rowC] = rows
  const [a, b, c] = factors
  for (let j = 0; j < gradient.length; j++) {
    gradient[j] =
      (gradient[j] as number) -
      (a * (matrix[rowA + j] as number) + b * (matrix[rowB + j] as number) + c * (matrix[rowC + j] as number))
  }
}
