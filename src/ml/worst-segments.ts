import type { Context } from './context.ts'
import { type FoundSegment, findSegments, type SegmentPart } from './find-segments.ts'
import { measure } from './measure.ts'
import type { Metrics } from './metrics.ts'
import type { Prediction } from './prediction.ts'
import { lossOfRows, type RegressionLoss } from './row-losses.ts'
import { describeCondition, type SegmentBins, type SegmentCondition } from './segment-bins.ts'
import { type Table, type Target, takeRows, takeTarget, targetRows } from './table.ts'
import { takePrediction } from './take-prediction.ts'
import { varianceOf, withoutSample } from './welch.ts'

/** Rows that a model did not learn from, with what it said of them. */
export interface WorstSegmentsInput {
  /** Columns to look at the rows by; they need not be those that the model reads. */
  readonly table: Table
  readonly target: Target
  readonly prediction: Prediction
  /** Of a regression; `squared` where it is not given. Classes are judged by log loss. */
  readonly loss?: RegressionLoss | undefined
  /** Smaller segments are not looked at; 30 where it is not given. */
  readonly fewestRows?: number | undefined
  /** Share of the segments that may be found by chance; 0.05 where it is not given. */
  readonly rate?: number | undefined
  /** At most so many are told; 10 where it is not given. */
  readonly most?: number | undefined
}

/** Rows on which the model does distinguishably worse than on all others. */
export interface Segment {
  readonly conditions: readonly SegmentCondition[]
  /** The conditions in words. */
  readonly name: string
  readonly rows: number
  /** Rows that are in no segment above this one. */
  readonly newRows: number
  /** Mean loss of its rows, and of all others. */
  readonly loss: number
  readonly otherLoss: number
  /** How much larger its loss is, with Welch's 95 % interval. */
  readonly difference: { readonly value: number; readonly low: number; readonly high: number }
  /** The difference in units of the spread of a row's loss (Cohen's d with equal weights, as Slice Finder has it). */
  readonly effect: number
  /** Of such a difference by chance, one-sided, before the correction for the number of segments. */
  readonly probability: number
  /** Loss that its rows have at least in excess: low end of the difference x rows. Segments are ranked by it. */
  readonly excess: number
  /** Mean of what was said less what is true, of a regression or of the positive class; null of more classes. */
  readonly bias: number | null
  readonly metrics: Metrics
}

/** The worst segments, the largest excess loss first. */
export interface WorstSegments {
  readonly loss: 'log loss' | 'squared error' | 'absolute error'
  readonly segments: Segment[]
  /** Segments that were found, also those that are not told. */
  readonly found: number
  /** Segments that were compared. */
  readonly compared: number
  /** Rows that were looked at, evenly drawn where the table has more. */
  readonly rows: number
  /** The same measures over all of them. */
  readonly metrics: Metrics
}

/** Rows x columns that are looked at, at most so many and never fewer rows than so many. */
const CELLS = 40_000_000
const MOST_ROWS = 200_000
const FEWEST_LOOKED_AT = 20_000

/**
 * Finds the segments on which a model does worst. Ranked by the excess loss that they have at least: a small segment
 * does not win by chance, nor a large one for a trifle. Work is bounded by counts; rows need no seed, as they are drawn
 * at even steps. Method: `findSegments`.
 */
export function worstSegments(input: WorstSegmentsInput, context: Context = {}): WorstSegments {
  const rows = drawEvenly(targetRows(input.target), input.table.columns.length)
  const table = takeRows(input.table, rows)
  const target = takeTarget(input.target, rows)
  const prediction = takePrediction(input.prediction, rows)
  const losses = centred(lossOfRows(target, prediction, input.loss))
  const { fewestRows = 30, rate = 0.05, most = 10 } = input
  const search = { table, losses: losses.values, fewestRows: Math.max(2, fewestRows), rate }
  const { bins, segments, compared } = findSegments(search, context)
  const ranked = segments.filter((one) => excessOf(one) > 0).sort((a, b) => excessOf(b) - excessOf(a))
  const seen = new Uint8Array(rows.length)
  const told = ranked.slice(0, most).map((segment): Segment => {
    const own = rowsOf(segment.parts, bins, rows.length)
    return { ...compareSegment(segment, bins, losses), ...judgeRows(own, { target, prediction, seen }) }
  })
  context.progress?.(1)
  return {
    loss: target.task !== 'regression' ? 'log loss' : input.loss === 'absolute' ? 'absolute error' : 'squared error',
    segments: told,
    found: ranked.length,
    compared,
    rows: rows.length,
    metrics: measure(target, prediction),
  }
}

function drawEvenly(all: number, columns: number): Int32Array {
  const most = Math.min(MOST_ROWS, Math.max(FEWEST_LOOKED_AT, Math.floor(CELLS / Math.max(1, columns))))
  const count = Math.min(all, most)
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * all) / count))
}

interface Centred {
  readonly values: Float64Array
  readonly mean: number
}

/** Less the mean, so that sums of squares lose no digits. */
function centred(values: Float64Array): Centred {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return { values: values.map((value) => value - mean), mean }
}

function excessOf({ against, loss }: FoundSegment): number {
  return against.low * loss.rows
}

function compareSegment(segment: FoundSegment, bins: readonly SegmentBins[], losses: Centred) {
  const { parts, loss, against } = segment
  const conditions = parts.flatMap(({ column, first, last }) => bins[column]?.conditionOf(first, last) ?? [])
  const sum = losses.values.reduce((total, value) => total + value, 0)
  const squares = losses.values.reduce((total, value) => total + value * value, 0)
  const others = withoutSample({ rows: losses.values.length, sum, squares }, loss)
  const spread = Math.sqrt((varianceOf(loss) + varianceOf(others)) / 2)
  const { difference: value, low, high } = against
  return {
    conditions,
    name: conditions.map(describeCondition).join(' and '),
    loss: losses.mean + loss.sum / loss.rows,
    otherLoss: losses.mean + others.sum / others.rows,
    difference: { value, low, high },
    effect: spread === 0 ? 0 : value / spread,
    probability: segment.probability,
    excess: excessOf(segment),
  }
}

function rowsOf(parts: readonly SegmentPart[], bins: readonly SegmentBins[], rows: number): Int32Array {
  const own: number[] = []
  for (let row = 0; row < rows; row++) {
    const within = parts.every(({ column, first, last }) => {
      const code = bins[column]?.codes[row] ?? -1
      return code >= first && code <= last
    })
    if (within) own.push(row)
  }
  return Int32Array.from(own)
}

interface Judged {
  readonly target: Target
  readonly prediction: Prediction
  /** Marked for rows of the segments above. */
  readonly seen: Uint8Array
}

function judgeRows(rows: Int32Array, { target, prediction, seen }: Judged) {
  let newRows = 0
  for (const row of rows) {
    newRows += seen[row] === 0 ? 1 : 0
    seen[row] = 1
  }
  const [truth, said] = [takeTarget(target, rows), takePrediction(prediction, rows)]
  return { rows: rows.length, newRows, bias: biasOf(truth, said), metrics: measure(truth, said) }
}

function biasOf(target: Target, prediction: Prediction): number | null {
  const truth = target.task === 'regression' ? target.values : target.codes
  if (prediction.task === 'multiclass' || truth.length === 0) return null
  const said = prediction.task === 'regression' ? prediction.value : prediction.probability
  let sum = 0
  for (let row = 0; row < truth.length; row++) sum += (said[row] as number) - (truth[row] as number)
  return sum / truth.length
}
