import type { RankedScores } from './area-under-curve.ts'

/**
 * Mean precision over the positives, the highest score first, as scikit-learn's average_precision_score: rows of one
 * score are called together. Undefined where no row is positive.
 */
export function averagePrecision({ tied, positive }: RankedScores): number | undefined {
  let called = 0
  let hits = 0
  let sum = 0
  let together = 0
  for (let i = positive.length - 1; i >= 0; i--) {
    called++
    if (positive[i] === 1) {
      hits++
      together++
    }
    if (tied[i] === 1) continue
    sum += together * (hits / called)
    together = 0
  }
  return hits === 0 ? undefined : sum / hits
}
