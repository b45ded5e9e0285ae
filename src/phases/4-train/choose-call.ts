import { numberText } from '#core/number-text'
import { type CalibrationMap, calibratedProbability } from '#ml/calibration-map'
import { takeWeights } from '#ml/row-weights'
import { type Target, takeCodes } from '#ml/table'
import type { ThresholdChoice } from '#ml/threshold'
import type { Tools } from '#phases/phase'
import type { OutOfFold } from './measured-candidate.ts'
import { runOne } from './run-task.ts'
import type { TrainingDecision } from './schema.ts'

/** From which probability on a row is called positive, and why. */
export interface ChosenCall {
  readonly threshold: number | null
  readonly reason: string | null
  readonly choice: ThresholdChoice | null
}

interface CallRequest {
  readonly target: Target
  readonly weights: Float64Array | undefined
  readonly outOfFold: OutOfFold | null
  readonly calibration: CalibrationMap
  readonly settings: TrainingDecision['settings']
}

/**
 * Sets the threshold from out-of-fold probabilities. Calibrated probabilities say it themselves: a call pays from
 * cost of a false alarm / cost of both mistakes on. Another one is taken only where it is distinguishably cheaper.
 */
export async function chooseCall(
  { target, weights, outOfFold, calibration, settings }: CallRequest,
  { compute, signal }: Tools,
): Promise<ChosenCall> {
  if (target.task !== 'binary' || outOfFold === null) return { threshold: null, reason: null, choice: null }
  const costs = { falsePositive: settings.cost?.false_positive ?? 1, falseNegative: settings.cost?.false_negative ?? 1 }
  const codes = takeCodes(target.codes, outOfFold.rows)
  const probability = outOfFold.scores.map((score) => calibratedProbability(calibration, score))
  const choice = await runOne({ compute, task: 'chooseThreshold', input: { codes, probability, costs } }, { signal })
  if (settings.threshold !== undefined)
    return { threshold: settings.threshold, reason: 'The threshold is as asked.', choice }
  const plain = costs.falsePositive / (costs.falsePositive + costs.falseNegative)
  const cheapest = Math.min(1, choice.lowestCost.threshold)
  const price = `a false alarm costing ${numberText(costs.falsePositive)} and a miss ${numberText(costs.falseNegative)}`
  const cheaper = isCheaper({ codes, probability, weights: takeWeights(weights, outOfFold.rows), costs }, cheapest, plain)
  const threshold = cheaper ? cheapest : plain
  const why = cheaper
    ? 'it is distinguishably cheaper on out-of-fold rows'
    : 'no other threshold is distinguishably cheaper on out-of-fold rows'
  return {
    threshold,
    reason: `Rows are called positive from ${numberText(threshold)} on: with ${price}, ${why}.`,
    choice,
  }
}

interface Judged {
  readonly codes: Int32Array
  readonly probability: Float64Array
  readonly weights: Float64Array | undefined
  readonly costs: { readonly falsePositive: number; readonly falseNegative: number }
}

/** Two standard errors of the mean difference in cost a row. */
function isCheaper({ codes, probability, weights, costs }: Judged, candidate: number, plain: number): boolean {
  let sum = 0
  let squares = 0
  const rows = codes.length
  for (let row = 0; row < rows; row++) {
    const p = probability[row] ?? 0
    const called = p >= candidate
    if (called === p >= plain) continue
    const saved = (weights?.[row] ?? 1) * (codes[row] === 1 ? costs.falseNegative : costs.falsePositive)
    const difference = called === (codes[row] === 1) ? saved : -saved
    sum += difference
    squares += difference * difference
  }
  const variance = squares - (sum * sum) / Math.max(1, rows)
  return sum > 2 * Math.sqrt(Math.max(0, variance))
}
