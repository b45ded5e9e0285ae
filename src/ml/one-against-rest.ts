import { areaUnderCurve, rankScores } from './area-under-curve.ts'
import { averagePrecision } from './average-precision.ts'
import { likeliestClass } from './measure-multiclass.ts'
import type { MulticlassPrediction } from './prediction.ts'
import { wilsonInterval } from './reliability.ts'
import type { ClassTarget } from './table.ts'

/** How well one class is told from all others; measures as scikit-learn has them. */
export interface ClassAgainstRest {
  readonly class: string
  readonly rows: number
  /** Rows of which it is the likeliest class. */
  readonly called: number
  /** Null where all rows or none are of the class. */
  readonly auc: number | null
  /** Null where no row is of the class. */
  readonly averagePrecision: number | null
  readonly brier: number
  /** Mean probability of the class less its share: above 0 it is said too often. */
  readonly bias: number
  /** Of the calls; null where it was never called. */
  readonly precision: number | null
  /** Of the rows of the class, with Wilson's 95 % interval; null where there are none. */
  readonly recall: { readonly value: number; readonly low: number; readonly high: number } | null
  readonly f1: number
}

/** One line a class, in the order of the classes; empty where there are no rows. */
export function judgeClasses({ codes, classes }: ClassTarget, { probabilities }: MulticlassPrediction): ClassAgainstRest[] {
  if (codes.length === 0) return []
  const calls = likeliestClass(probabilities, codes.length)
  return classes.map((name, k) => judgeClass({ name, k, codes, calls, probability: probabilities[k] ?? new Float64Array(codes.length) }))
}

interface OneClass {
  readonly name: string
  readonly k: number
  readonly codes: Int32Array
  readonly calls: Int32Array
  readonly probability: Float64Array
}

function judgeClass({ name, k, codes, calls, probability }: OneClass): ClassAgainstRest {
  const ranked = rankScores(probability, (row) => codes[row] === k)
  let [rows, called, hits, squares, said] = [0, 0, 0, 0, 0]
  for (let row = 0; row < codes.length; row++) {
    const is = codes[row] === k ? 1 : 0
    const call = calls[row] === k ? 1 : 0
    const p = probability[row] as number
    rows += is
    called += call
    hits += is * call
    squares += (is - p) ** 2
    said += p
  }
  return {
    class: name,
    rows,
    called,
    auc: areaUnderCurve(ranked) ?? null,
    averagePrecision: averagePrecision(ranked) ?? null,
    brier: squares / codes.length,
    bias: (said - rows) / codes.length,
    precision: called === 0 ? null : hits / called,
    recall: rows === 0 ? null : { value: hits / rows, ...wilsonInterval(hits, rows) },
    f1: rows + called === 0 ? 0 : (2 * hits) / (rows + called),
  }
}
