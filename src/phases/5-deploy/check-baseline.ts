import { countText } from '#core/number-text'
import { meanInterval } from '#ml/mean-interval'
import type { Prediction } from '#ml/prediction'
import { lossOfRows } from '#ml/row-losses'
import type { Target } from '#ml/table'
import type { Check } from './check.ts'
import { numberText } from './number-text.ts'
import type { SealedRows } from './sealed-rows.ts'

/** Whether the model is distinguishably better on the sealed rows than always giving what is usual in training. */
export function checkBaseline({ rows, target, prediction }: SealedRows, training: Target): Check {
  const own = lossOfRows(target, prediction)
  const baseline = lossOfRows(target, usualPrediction(training, rows))
  const gain = meanInterval(own.map((loss, row) => (baseline[row] ?? 0) - loss))
  const measure = target.task === 'regression' ? 'mean squared error' : 'log loss'
  const usual = target.task === 'regression' ? 'the training mean' : 'the shares of the classes in training'
  const passed = gain !== null && gain.low > 0
  const sizes = `${measure} ${numberText(meanOf(own))} against ${numberText(meanOf(baseline))} of always answering ${usual}`
  const range = gain === null ? 'too few rows for an interval' : `gain ${numberText(gain.value)}, 95 % interval ${numberText(gain.low)} to ${numberText(gain.high)}`
  const verdict = passed ? 'Distinguishably better than the baseline' : 'Not distinguishably better than the baseline'
  const text = `${verdict} on ${countText(rows, 'sealed row')}: ${sizes} (${range}).`
  const data = { measure, model: meanOf(own), baseline: meanOf(baseline), rows, passed }
  const evidence = { label: 'Against the baseline', text, value: gain?.value ?? null, interval: gain === null ? null : ([gain.low, gain.high] as [number, number]), data }
  return { id: 'better_than_baseline', passed, evidence }
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

/** What the training rows say of a row about which nothing is known. */
function usualPrediction(training: Target, rows: number): Prediction {
  if (training.task === 'regression') return { task: 'regression', value: new Float64Array(rows).fill(meanOf(training.values)) }
  const shares = training.classes.map((_, k) => training.codes.reduce((sum, code) => sum + (code === k ? 1 : 0), 0) / training.codes.length)
  if (training.task === 'multiclass') return { task: 'multiclass', probabilities: shares.map((share) => new Float64Array(rows).fill(share)) }
  return { task: 'binary', score: new Float64Array(rows), probability: new Float64Array(rows).fill(shares[1] ?? 0) }
}
