import { bootstrapDifference, type DifferenceResult } from './bootstrap-difference.ts'
import type { Context } from './context.ts'
import { elementAt } from './element-at.ts'
import type { Model } from './model.ts'
import { predict, scoreRows } from './predict.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import { type Table, type Target, takeNumbers, takeRows, takeTarget, targetRows } from './table.ts'

/** A model before and after edits, and rows on which both are measured. */
export interface EditMeasureInput {
  readonly before: Model
  readonly after: Model
  readonly table: Table
  readonly target: Target
  /** Weight of each row, finite and not negative; without it each row counts once. */
  readonly weights?: Float64Array | undefined
  readonly seed: number
  readonly resamples?: number | undefined
}

/** All measures before (baseline) and after (candidate) the edits, with the 95 % interval of their difference. */
export interface EditMeasure {
  readonly overall: DifferenceResult
  /** The same on the rows whose score the edits move; null where there is no such row. */
  readonly selection: DifferenceResult | null
}

/** A smaller change of a score is rounding: what an edit leaves alone goes to the intercept and comes back. */
const ROUNDING = 1e-9

/** Measures what edits do to all metrics, overall and on the rows that they touch; rows of weight 0 take no part. */
export function measureEdits(input: EditMeasureInput, context: Context = {}): EditMeasure | Refusal {
  const { before, after, table, weights } = input
  const refusal = checkRows(input)
  if (refusal) return refusal
  const [scoresBefore, scoresAfter] = [scoreRows(before, table), scoreRows(after, table)]
  if (isRefusal(scoresBefore)) return scoresBefore
  if (isRefusal(scoresAfter)) return scoresAfter
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row).filter((row) => weights === undefined || elementAt(weights, row) > 0)
  if (rows.length === 0) return refuse('no-rows', 'there is no row with a weight above 0 to measure on')
  const moved = rows.filter((row) => scoresBefore.some((scores, k) => movesRow(elementAt(scores, row), elementAt(elementAt(scoresAfter, k), row))))
  const overall = compareOn(rows, input, { ...context, progress: (fraction) => context.progress?.(fraction / 2) })
  if (isRefusal(overall) || moved.length === 0) return isRefusal(overall) ? overall : { overall, selection: null }
  const selection = compareOn(moved, input, { ...context, progress: (fraction) => context.progress?.((1 + fraction) / 2) })
  return isRefusal(selection) ? selection : { overall, selection }
}

function checkRows({ table, target, weights }: EditMeasureInput): Refusal | undefined {
  const rows = targetRows(target)
  if (rows !== table.rows || (weights !== undefined && weights.length !== rows)) {
    const counts = `table ${table.rows}, target ${rows}${weights ? `, weights ${weights.length}` : ''}`
    return refuse('row-count-differs', `table, target and weights must have equally many rows: ${counts}`)
  }
  const at = weights?.findIndex((weight) => !(Number.isFinite(weight) && weight >= 0)) ?? -1
  return at < 0 ? undefined : refuse('weight-not-valid', `the weight of row ${at} must be a finite number of at least 0`)
}

function movesRow(before: number, after: number): boolean {
  return Math.abs(after - before) > ROUNDING * (1 + Math.abs(before))
}

function compareOn(rows: Int32Array, { before, after, table, target, weights, seed, resamples }: EditMeasureInput, context: Context): DifferenceResult | Refusal {
  const taken = takeRows(table, rows)
  const [baseline, candidate] = [predict(before, taken), predict(after, taken)]
  if (isRefusal(baseline)) return baseline
  if (isRefusal(candidate)) return candidate
  return bootstrapDifference({ target: takeTarget(target, rows), baseline, candidate, weights: weights && takeNumbers(weights, rows), seed, resamples }, context)
}
