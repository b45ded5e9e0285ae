import { sumByTwoValues } from './bin-kernels.ts'

/** Rows by their slots, with the derivatives of the loss that the curves alone leave. */
export interface RankPairsInput {
  readonly rows: number
  /** Slot by row, for each feature. */
  readonly codes: readonly Uint8Array[]
  /** Slots of each feature. */
  readonly slots: readonly number[]
  /** Negative first derivative and second derivative, by output and row. */
  readonly gradient: Float64Array
  readonly weights: Float64Array
  readonly outputs: number
  /** Positions of the features of each pair, two after two. */
  readonly pairs: Int32Array
}

const TINY = 1e-9

/** A quadrant must hold this share of all weight to count. */
const LEAST_SHARE = 1e-4

/**
 * Gain of each pair: the largest decrease of the loss by one constant in each quadrant of a cross through the grid,
 * beyond what a cut of one feature alone would bring (FAST, Lou et al. 2013, on second-order statistics).
 */
export function rankPairs({ rows, codes, slots, gradient, weights, outputs, pairs }: RankPairsInput): Float64Array {
  const gains = new Float64Array(pairs.length / 2)
  const most = Math.max(1, ...slots)
  const sums = new Float64Array(2 * most * most)
  for (let p = 0; p < gains.length; p++) {
    const a = pairs[2 * p] as number
    const b = pairs[2 * p + 1] as number
    const height = slots[a] as number
    const width = slots[b] as number
    for (let k = 0; k < outputs; k++) {
      sums.fill(0, 0, 2 * height * width)
      const ofOutput = (values: Float64Array): Float64Array => values.subarray(k * rows, (k + 1) * rows)
      const pair = { codesA: codes[a] as Uint8Array, codesB: codes[b] as Uint8Array, width }
      sumByTwoValues(pair, [ofOutput(gradient), ofOutput(weights)], sums)
      gains[p] = (gains[p] as number) + crossGain(sums, height, width)
    }
  }
  return gains
}

/** Sums lie cell after cell: gradient, weight. */
function crossGain(sums: Float64Array, height: number, width: number): number {
  cumulate(sums, height, width)
  const last = 2 * (height * width - 1)
  const allG = sums[last] as number
  const allW = sums[last + 1] as number
  const least = allW * LEAST_SHARE
  let best = 0
  for (let i = 0; i < height - 1; i++) {
    const end = 2 * (i * width + width - 1)
    const topG = sums[end] as number
    const topW = sums[end + 1] as number
    if (topW < least || allW - topW < least) continue
    const rowGain = (topG * topG) / (topW + TINY) + (allG - topG) ** 2 / (allW - topW + TINY)
    for (let j = 0; j < width - 1; j++) {
      const at = 2 * (i * width + j)
      const foot = 2 * ((height - 1) * width + j)
      const g1 = sums[at] as number
      const w1 = sums[at + 1] as number
      const sideG = sums[foot] as number
      const sideW = sums[foot + 1] as number
      const w2 = topW - w1
      const w3 = sideW - w1
      const w4 = allW - topW - w3
      if (w1 < least || w2 < least || w3 < least || w4 < least) continue
      const g2 = topG - g1
      const g3 = sideG - g1
      const g4 = allG - topG - g3
      const columnGain = (sideG * sideG) / (sideW + TINY) + (allG - sideG) ** 2 / (allW - sideW + TINY)
      const crossed = (g1 * g1) / (w1 + TINY) + (g2 * g2) / (w2 + TINY) + (g3 * g3) / (w3 + TINY) + (g4 * g4) / (w4 + TINY)
      const gain = crossed - Math.max(rowGain, columnGain)
      if (gain > best) best = gain
    }
  }
  return best
}

function cumulate(sums: Float64Array, height: number, width: number): void {
  const row = 2 * width
  for (let i = 0; i < height; i++) {
    for (let at = i * row + 2; at < (i + 1) * row; at++) sums[at] = (sums[at] as number) + (sums[at - 2] as number)
  }
  for (let at = row; at < height * row; at++) sums[at] = (sums[at] as number) + (sums[at - row] as number)
}
