import { orderOfScores } from './area-under-curve.ts'
import { equalCountBins } from './equal-count-bins.ts'
import { type Estimate, meanInterval } from './mean-interval.ts'
import { normalQuantile } from './normal-quantile.ts'
import { placeNumber } from './place-number.ts'
import { quantileOfSorted } from './quantile.ts'

/** What is drawn of the predictions of a regression; residuals are truth minus prediction, in units of the target. */
export interface ResidualPlots {
  /** Rows in ascending order of the prediction, thinned evenly. */
  readonly predictedActual: { readonly predicted: number; readonly actual: number }[]
  readonly deciles: ResidualDecile[]
  /** Quantiles of a normal distribution (standard) beside those of the residual, thinned evenly. */
  readonly quantilePairs: { readonly expected: number; readonly observed: number }[]
  /** Equal ranges over the middle 99 % of the residuals; the first and the last are open where rows lie beyond. */
  readonly histogram: { readonly from: number | null; readonly to: number | null; readonly rows: number }[]
}

/** About a tenth of the rows, by what was predicted; equal predictions are never torn apart. */
export interface ResidualDecile {
  readonly rows: number
  readonly lowest: number
  readonly highest: number
  readonly meanPredicted: number
  readonly meanActual: number
  /** Null of a single row. */
  readonly meanResidual: Estimate | null
  readonly rootMeanSquare: number
}

const DECILES = 10
const POINTS = 500
const QUANTILES = 200
const MOST_BINS = 40

/** Draws the residuals of a regression in four ways. */
export function drawResiduals(truth: Float64Array, predicted: Float64Array): ResidualPlots {
  const residuals = truth.map((value, i) => value - (predicted[i] as number))
  const sorted = residuals.slice().sort()
  const order = orderOfScores(predicted)
  return {
    predictedActual: evenPositions(order.length, POINTS).map((at) => {
      const row = order[at] as number
      return { predicted: predicted[row] as number, actual: truth[row] as number }
    }),
    deciles: equalCountBins(predicted, DECILES).map((rows) => decileOf(rows, truth, predicted)),
    quantilePairs: evenPositions(sorted.length, QUANTILES).map((at) => ({
      expected: normalQuantile(plottingPosition(at, sorted.length)),
      observed: sorted[at] as number,
    })),
    histogram: countResiduals(sorted),
  }
}

/** At most `most` positions from the first to the last, at even steps. */
function evenPositions(length: number, most: number): number[] {
  const count = Math.min(length, most)
  return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.round((i * (length - 1)) / (count - 1))))
}

/** Median of the rank in a sample of a uniform distribution (Filliben 1975, as in scipy's probplot). */
function plottingPosition(at: number, length: number): number {
  const end = 0.5 ** (1 / length)
  if (at === length - 1) return end
  return at === 0 ? 1 - end : (at + 1 - 0.3175) / (length + 0.365)
}

function decileOf(rows: Int32Array, truth: Float64Array, predicted: Float64Array): ResidualDecile {
  const said = Float64Array.from(rows, (row) => predicted[row] as number)
  const actual = Float64Array.from(rows, (row) => truth[row] as number)
  const residuals = actual.map((value, i) => value - (said[i] as number))
  return {
    rows: rows.length,
    lowest: said[0] as number,
    highest: said[said.length - 1] as number,
    meanPredicted: meanOf(said),
    meanActual: meanOf(actual),
    meanResidual: meanInterval(residuals),
    rootMeanSquare: Math.sqrt(meanOf(residuals.map((residual) => residual ** 2))),
  }
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Width by Freedman and Diaconis (1981): 2 x interquartile range / cube root of the rows. */
function countResiduals(sorted: Float64Array): ResidualPlots['histogram'] {
  if (sorted.length === 0) return []
  const at = (share: number): number => quantileOfSorted(sorted, share)
  const [low, high] = [at(0.005), at(0.995)]
  const width = (2 * (at(0.75) - at(0.25))) / Math.cbrt(sorted.length)
  const wanted = width > 0 ? Math.ceil((high - low) / width) : MOST_BINS
  const bins = low === high ? 1 : Math.min(MOST_BINS, Math.max(1, wanted))
  const borders = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + ((high - low) * i) / bins))
  // The last range holds its upper border too.
  let end = placeNumber(sorted, high)
  while (sorted[end] === high) end++
  const starts = [...borders.slice(0, -1).map((border) => placeNumber(sorted, border)), end]
  const [below = 0] = starts
  const inner = starts.slice(1).map((next, i) => {
    return { from: borders[i] ?? null, to: borders[i + 1] ?? null, rows: next - (starts[i] ?? 0) }
  })
  return [
    ...(below === 0 ? [] : [{ from: null, to: low, rows: below }]),
    ...inner,
    ...(end === sorted.length ? [] : [{ from: high, to: null, rows: sorted.length - end }]),
  ]
}
