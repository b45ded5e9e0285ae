import { exp } from './exponential.ts'
import type { LogScale } from './model.ts'

/** Probability that belongs to a log-odds score. */
export function probabilityOfScore(score: number): number {
  return 1 / (1 + exp(-score))
}

/** Turns the scores of the classes into probabilities, in place. */
export function softmaxInPlace(scores: number[]): void {
  let highest = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > highest) highest = score
  let total = 0
  for (let k = 0; k < scores.length; k++) {
    const weight = exp((scores[k] as number) - highest)
    scores[k] = weight
    total += weight
  }
  for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) / total
}

/** Value of a score on the log scale; clipped, because exp turns a small overshoot into a huge value. */
export function valueOfLogScore(score: number, scale: LogScale): number {
  return exp(Math.min(scale.high, Math.max(scale.low, score))) * scale.smear
}
