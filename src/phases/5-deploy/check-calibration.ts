import { countText, percentText } from '#core/number-text'
import { type Estimate, meanInterval } from '#ml/mean-interval'
import { judgePrediction, type Reliability } from '#ml/reliability'
import type { Check } from './check.ts'
import { numberText } from './number-text.ts'
import type { SealedRows } from './sealed-rows.ts'

/** An average distance of probability and truth that decisions rarely hang on. */
const smallError = 0.05
/** A bias below this share of the spread of the truth is of no weight. */
const smallBias = 0.05

/** Whether what the model says can be taken at its word on the sealed rows. */
export function checkCalibration(sealed: SealedRows): Check {
  const { target, prediction } = sealed
  if (target.task === 'regression' && prediction.task === 'regression') return checkBias(target.values, prediction.value)
  if (target.task === 'regression') throw new Error('a prediction for another task')
  return judged(judgePrediction(target, prediction), target.task === 'multiclass')
}

function judged(found: Reliability, called: boolean): Check {
  const { bins, expectedError, slope, intercept, brier } = found
  const off = bins.filter((bin) => bin.meanProbability < bin.low || bin.meanProbability > bin.high).length
  // One interval of twenty misses by chance, so a few of ten bins prove nothing.
  const passed = expectedError <= smallError || off <= Math.max(1, Math.floor(0.2 * bins.length))
  const whose = called ? 'the probability of the predicted class' : 'a probability'
  const average = `On average ${whose} is off by ${numberText(expectedError)} from the share of sealed rows it comes true in`
  const text = `${average}; in ${off} of ${countText(bins.length, 'bin')} the 95 % interval of that share leaves it out.`
  const data = { expected_error: expectedError, bins_off: off, bins: bins.length, brier, slope: finite(slope), intercept: finite(intercept), passed }
  return { id: 'calibration', passed, evidence: { label: 'Calibration', text, value: expectedError, interval: null, data } }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function checkBias(truth: Float64Array, said: Float64Array): Check {
  const errors = truth.map((value, row) => (said[row] ?? 0) - value)
  const bias = meanInterval(errors)
  const spread = Math.sqrt(variance(truth))
  const passed = bias !== null && ((bias.low <= 0 && bias.high >= 0) || Math.abs(bias.value) <= smallBias * spread)
  const text = bias === null ? tooFew : biasText(bias, spread)
  const interval: [number, number] | null = bias === null ? null : [bias.low, bias.high]
  return { id: 'calibration', passed, evidence: { label: 'Mean error', text, value: bias?.value ?? null, interval, data: { spread, passed } } }
}

const tooFew = 'There are too few sealed rows to see whether predictions are too high or too low on average.'

function biasText({ value: mean, low, high }: Estimate, spread: number): string {
  const size = `${numberText(Math.abs(mean))} too ${mean < 0 ? 'low' : 'high'} on average over the sealed rows`
  const share = spread === 0 ? '' : `, ${percentText(Math.abs(mean) / spread)} of the spread of the truth`
  return `Predictions are ${size} (95 % interval ${numberText(low)} to ${numberText(high)})${share}.`
}

function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length)
}
