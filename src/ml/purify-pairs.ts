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
  const first = { slots: grid.height, across: grid.width, step: grid.width, stepAcross: 1 }
  const second = { slots: grid.width, across: grid.height, step: 1, stepAcross: grid.width }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const moved = Math.max(keep.first ? 0 : moveMeans(grid, first, margins.first), keep.second ? 0 : moveMeans(grid, second, margins.second))
    if (moved < SMALL || keep.first || keep.second) break
  }
  return margins
}

/** One side of a grid: its slots, and the steps between cells along it and across it. */
interface Side {
  readonly slots: number
  readonly across: number
  readonly step: number
  readonly stepAcross: number
}

/** Moves the mean of every slot of a side into its margin; returns the largest that was moved. */
function moveMeans({ scores, weights }: Grid, { slots, across, step, stepAcross }: Side, margin: Float64Array): number {
  let largest = 0
  for (let slot = 0; slot < slots; slot++) {
    let sum = 0
    let total = 0
    for (let other = 0; other < across; other++) {
      const cell = slot * step + other * stepAcross
      sum += (weights[cell] as number) * (scores[cell] as number)
      total += weights[cell] as number
    }
    if (total === 0) continue
    const mean = sum / total
    margin[slot] = (margin[slot] as number) + mean
    largest = Math.max(largest, Math.abs(mean))
    for (let other = 0; other < across; other++) {
      const cell = slot * step + other * stepAcross
      scores[cell] = (scores[cell] as number) - mean
    }
  }
  return largest
}
