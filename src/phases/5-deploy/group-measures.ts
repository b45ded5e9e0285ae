import type { Target } from '#ml/table'
import type { Prediction } from '#ml/prediction'
import { wilsonInterval } from '#ml/reliability'
import { meanInterval } from './mean-interval.ts'

/** A share with its 95 % interval (Wilson), or a mean with its (Student's t). */
export interface Measured {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** How the model does in one group. The measures are null in a group that is too small to tell. */
export interface GroupMeasures {
  readonly group: string
  readonly rows: number
  readonly verdict: 'measured' | 'too few'
  readonly measures: Readonly<Record<string, Measured | null>>
}

/** Fewer rows say nothing of a group. */
export const fewestRows = 30

interface Judged {
  readonly target: Target
  readonly prediction: Prediction
  /** From which probability on a row of two classes is called positive. */
  readonly threshold: number
}

/** Measures the rows of one group. */
export function measureGroup(group: string, rows: readonly number[], judged: Judged): GroupMeasures {
  if (rows.length < fewestRows) return { group, rows: rows.length, verdict: 'too few', measures: {} }
  return { group, rows: rows.length, verdict: 'measured', measures: measuresOf(rows, judged) }
}

function measuresOf(rows: readonly number[], { target, prediction, threshold }: Judged): GroupMeasures['measures'] {
  if (target.task === 'regression') return errorsOf(rows, target.values, prediction)
  if (prediction.task === 'multiclass') return { accuracy: shareOf(rows, (row) => likeliest(prediction.probabilities, row) === target.codes[row]) }
  if (prediction.task !== 'binary') throw new Error('a prediction for another task')
  const positive = (row: number) => target.codes[row] === 1
  const called = (row: number) => (prediction.probability[row] ?? 0) >= threshold
  return {
    observed_rate: shareOf(rows, positive),
    selection_rate: shareOf(rows, called),
    true_positive_rate: shareOf(rows.filter(positive), called),
    false_positive_rate: shareOf(rows.filter((row) => !positive(row)), called),
    positive_predictive_value: shareOf(rows.filter(called), positive),
  }
}

/** Null where no row is of the kind that the share is taken of. */
function shareOf(rows: readonly number[], holds: (row: number) => boolean): Measured | null {
  if (rows.length === 0) return null
  const hits = rows.reduce((count, row) => count + (holds(row) ? 1 : 0), 0)
  return { value: hits / rows.length, ...wilsonInterval(hits, rows.length) }
}

function likeliest(probabilities: readonly Float64Array[], row: number): number {
  let best = 0
  for (let k = 1; k < probabilities.length; k++) if ((probabilities[k]?.[row] ?? 0) > (probabilities[best]?.[row] ?? 0)) best = k
  return best
}

function errorsOf(rows: readonly number[], truth: Float64Array, prediction: Prediction): GroupMeasures['measures'] {
  if (prediction.task !== 'regression') throw new Error('a prediction for another task')
  const errors = rows.map((row) => (prediction.value[row] ?? 0) - (truth[row] ?? 0))
  return { mean_error: named(meanInterval(errors)), mean_absolute_error: named(meanInterval(errors.map(Math.abs))) }
}

function named(found: ReturnType<typeof meanInterval>): Measured | null {
  return found === null ? null : { value: found.mean, low: found.low, high: found.high }
}
