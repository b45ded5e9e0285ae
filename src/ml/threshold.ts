import { orderOfScores } from './area-under-curve.ts'
import type { RowWeights } from './row-weights.ts'

/** Out-of-fold probabilities and what the two mistakes cost. */
export interface ThresholdInput {
  readonly codes: Int32Array
  readonly probability: Float64Array
  /** Weight of each row; all counts below are sums of it. */
  readonly weights?: RowWeights
  /** Default 1 to 1. */
  readonly costs?: { readonly falsePositive: number; readonly falseNegative: number } | undefined
}

/** What calling every row positive from `threshold` on leads to. */
export interface ThresholdOutcome {
  readonly threshold: number
  readonly truePositives: number
  readonly falsePositives: number
  readonly trueNegatives: number
  readonly falseNegatives: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly cost: number
}

/** The thresholds worth naming, all judged on the same out-of-fold rows. */
export interface ThresholdChoice {
  readonly highestF1: ThresholdOutcome
  readonly lowestCost: ThresholdOutcome
  readonly half: ThresholdOutcome
}

/** Finds the thresholds of highest F1 and lowest cost; thresholds lie midway between neighbouring probabilities. */
export function chooseThreshold({ codes, probability, weights, costs }: ThresholdInput): ThresholdChoice {
  const price = costs ?? { falsePositive: 1, falseNegative: 1 }
  const judge = (threshold: number, counts: Counts): ThresholdOutcome => outcomeOf(threshold, counts, price)
  const none = countsAt({ codes, probability, weights }, Number.POSITIVE_INFINITY)
  // Above the highest probability nobody is called positive; 1 may itself be a probability.
  let lowestCost = judge(2, none)
  let highestF1 = lowestCost
  const order = orderOfScores(probability).filter((row) => !weights || (weights[row] as number) > 0)
  const counts = { ...none }
  for (let i = order.length - 1; i >= 0; i--) {
    const row = order[i] as number
    const weight = weights ? (weights[row] as number) : 1
    if (codes[row] === 1) counts.truePositives += weight
    else counts.falsePositives += weight
    const here = probability[row] as number
    const next = i > 0 ? (probability[order[i - 1] as number] as number) : 0
    if (i > 0 && next === here) continue
    const outcome = judge(betweenThreshold(next, here), counts)
    if (outcome.f1 > highestF1.f1) highestF1 = outcome
    if (outcome.cost < lowestCost.cost) lowestCost = outcome
  }
  return { highestF1, lowestCost, half: judge(0.5, countsAt({ codes, probability, weights }, 0.5)) }
}

interface Counts {
  truePositives: number
  falsePositives: number
  positives: number
  negatives: number
}

/** A number above `low` and at most `high`. */
function betweenThreshold(low: number, high: number): number {
  const middle = (low + high) / 2
  return middle > low ? middle : high
}

function countsAt({ codes, probability, weights }: ThresholdInput, threshold: number): Counts {
  const counts = { truePositives: 0, falsePositives: 0, positives: 0, negatives: 0 }
  for (let i = 0; i < codes.length; i++) {
    const called = (probability[i] as number) >= threshold
    const weight = weights ? (weights[i] as number) : 1
    if (codes[i] === 1) {
      counts.positives += weight
      if (called) counts.truePositives += weight
    } else {
      counts.negatives += weight
      if (called) counts.falsePositives += weight
    }
  }
  return counts
}

function outcomeOf(threshold: number, counts: Counts, price: { falsePositive: number; falseNegative: number }) {
  const { truePositives, falsePositives, positives, negatives } = counts
  // Sums of weights in another order may differ in the last digit.
  const falseNegatives = Math.max(0, positives - truePositives)
  const called = truePositives + falsePositives
  return {
    threshold,
    truePositives,
    falsePositives,
    trueNegatives: Math.max(0, negatives - falsePositives),
    falseNegatives,
    precision: called === 0 ? 0 : truePositives / called,
    recall: positives === 0 ? 0 : truePositives / positives,
    f1: called + positives === 0 ? 0 : (2 * truePositives) / (called + positives),
    cost: falsePositives * price.falsePositive + falseNegatives * price.falseNegative,
  }
}
