import type { FoldResult } from '#ml/evaluate-fold'
import type { Bench } from './bench.ts'

/** What the current model misses on rows that it had not learnt from. */
export interface ModelErrors {
  /** Rows of the training table, each once. */
  readonly rows: Int32Array
  /** By output and place in `rows`: of a number what is missed on the model's scale, of classes in probability. */
  readonly errors: readonly Float64Array[]
}

/** Classes whose errors are looked at. */
const mostClasses = 3

/** The errors of the first division into folds. */
export function modelErrors({ training: { target }, settings, once }: Bench, folds: readonly FoldResult[]): ModelErrors {
  const base = folds.slice(0, once)
  const rows = Int32Array.from(base.flatMap((fold) => [...fold.rows]))
  if (target.task === 'regression') {
    const log = settings.glassbox?.regressionLink === 'log'
    const values = base.flatMap(({ rows: own, prediction }) => {
      const said = prediction.task === 'regression' ? prediction.value : new Float64Array(0)
      return Array.from(own, (row, i) => missed(target.values[row] ?? 0, said[i] ?? 0, log))
    })
    return { rows, errors: [Float64Array.from(values)] }
  }
  const errors = likelyClasses(target.codes, target.classes.length).map((k) => {
    const values = base.flatMap(({ rows: own, prediction }) => {
      const said = prediction.task === 'binary' ? prediction.probability : prediction.task === 'multiclass' ? prediction.probabilities[k] : undefined
      return Array.from(own, (row, i) => (target.codes[row] === k ? 1 : 0) - (said?.[i] ?? 0))
    })
    return Float64Array.from(values)
  })
  return { rows, errors }
}

function missed(truth: number, said: number, log: boolean): number {
  return log && truth > 0 && said > 0 ? Math.log(truth / said) : truth - said
}

/** The positive class of two, otherwise the most frequent ones. */
function likelyClasses(codes: Int32Array, classes: number): number[] {
  if (classes === 2) return [1]
  const counts = new Float64Array(classes)
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1
  return Array.from(counts.keys())
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b)
    .slice(0, mostClasses)
}

/** The errors on evenly spaced rows, all where they are few: for looks that need no more. */
export function someErrors({ rows, errors }: ModelErrors, most: number): ModelErrors {
  if (rows.length <= most) return { rows, errors }
  const places = Int32Array.from({ length: most }, (_, i) => Math.floor((i * rows.length) / most))
  return { rows: places.map((place) => rows[place] ?? 0), errors: errors.map((values) => Float64Array.from(places, (place) => values[place] ?? 0)) }
}
