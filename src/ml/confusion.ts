import { likeliestClass } from './measure-multiclass.ts'
import type { Prediction } from './prediction.ts'
import type { RowWeights } from './row-weights.ts'
import type { ClassTarget } from './table.ts'

/** How rows are called and counted. */
export interface Calling {
  /** A binary row is called positive from this probability on; default 0.5. */
  readonly threshold?: number | undefined
  /** Weight of each row; without it each counts 1. */
  readonly weights?: RowWeights
}

/** Counts of rows by true class (rows) and called class (columns). */
export interface ConfusionMatrix {
  readonly classes: string[]
  readonly counts: number[][]
}

/** Counts what was called what; a binary row is called positive from the threshold on. */
export function confusionMatrix(
  target: ClassTarget,
  prediction: Prediction,
  calling: number | Calling = 0.5,
): ConfusionMatrix {
  const { threshold = 0.5, weights }: Calling = typeof calling === 'number' ? { threshold: calling } : calling
  if (prediction.task === 'regression') throw new Error('a regression has no confusion matrix')
  const called =
    prediction.task === 'binary'
      ? Int32Array.from(prediction.probability, (p) => (p >= threshold ? 1 : 0))
      : likeliestClass(prediction.probabilities, target.codes.length)
  const counts = target.classes.map(() => target.classes.map(() => 0))
  for (let i = 0; i < called.length; i++) {
    const row = counts[target.codes[i] as number]
    const column = called[i] as number
    if (row) row[column] = (row[column] ?? 0) + (weights ? (weights[i] as number) : 1)
  }
  return { classes: [...target.classes], counts }
}
