/** A grid of scores over two features, row after row, with the training rows of its cells. */
export interface Grid {
  readonly scores: Float64Array
  readonly weights: Float64Array
  readonly height: number
  readonly width: number
}

/** What was moved out of a grid: a score for each slot of the first and of the second feature. */
export interface Margins {
  readonly first: Float64Array
  readonly second: Float64Array
}

const SWEEPS = 50
const SMALL = 1e-12

/**
 * Moves out of a grid what each feature alone explains, so that its weighted mean over either feature is zero in every
 * slot (mass moving, Lengerich et al. 2020); the sum of grid and margins stays the same. A side that must stay monotone
 * keeps its margin inside the grid.
 */
export function purifyGrid(grid: Grid, keep: { readonly first: boolean; readonly second: boolean }): Margins {
  const margins = { first: new Float64Array(grid.height), second: new Float64Array(grid.width) }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const moved = Math.max(keep.first ? 0 : moveRows(grid, margins.first), keep.second ? 0 : moveColumns(grid, margins.second))
    if (moved < SMALL || keep.first || keep.second) break
  }
  return margins
}

function moveRows({ scores, weights, height, width }: Grid, margin: Float64Array): number {
  let largest = 0
  for (let i = 0; i < height; i++) {
    let sum = 0
    let total = 0
    for (let j = 0; j < width; j++) {
      sum += (weights[i * width + j] as number) * (scores[i * width + j] as number)
      total += weights[i * width + j] as number
    }
    if (total === 0) continue
    const mean = sum / total
    margin[i] = (margin[i] as number) + mean
    largest = Math.max(largest, Math.abs(mean))
    for (let j = 0; j < width; j++) scores[i * width + j] = (scores[i * width + j] as number) - mean
  }
  return largest
}

function moveColumns({ scores, weights, height, width }: Grid, margin: Float64Array): number {
  let largest = 0
  for (let j = 0; j < width; j++) {
    let sum = 0
    let total = 0
    for (let i = 0; i < height; i++) {
      sum += (weights[i * width + j] as number) * (scores[i * width + j] as number)
      total += weights[i * width + j] as number
    }
    if (total === 0) continue
    const mean = sum / total
    margin[j] = (margin[j] as number) + mean
    largest = Math.max(largest, Math.abs(mean))
    for (let i = 0; i < height; i++) scores[i * width + j] = (scores[i * width + j] as number) - mean
  }
  return largest
}
