import type { FoldResult } from '#ml/evaluate-fold'
import { placeNumber } from '#ml/place-number'
import { type Column, takeCodes, takeNumbers } from '#ml/table'
import type { Bench } from './bench.ts'
import type { MadeCandidate } from './make-candidates.ts'

/** A candidate, and how much it says of what the model without it gets wrong: the share of the errors' variance. */
export interface Screened {
  readonly made: MadeCandidate
  readonly share: number
}

interface Screening {
  readonly bench: Bench
  readonly base: readonly FoldResult[]
  readonly made: readonly MadeCandidate[]
}

/** Classes whose errors are looked at. */
const mostClasses = 3

/**
 * Ranks candidates by how much of the current model's errors, on rows that it had not learnt from, each explains: a quick
 * look at all, so that only the most promising are tested in full.
 */
export function screenCandidates({ bench, made, ...measured }: Screening): Screened[] {
  const base = measured.base.slice(0, bench.once)
  const rows = Int32Array.from(base.flatMap((fold) => [...fold.rows]))
  const errors = errorsOf(bench, base)
  const screened = made.map((one) => {
    const bins = binsOf(one.made.values, rows)
    return { made: one, share: Math.max(...errors.map((values) => explainedShare(bins, values))) }
  })
  return screened.sort((a, b) => b.share - a.share)
}

/** Bins of about equally many rows; few, so that a small share is told from chance. */
const mostBins = 16

/** The bin of each row, 0 for a missing value. */
function binsOf(column: Column, rows: Int32Array): Int32Array {
  if (column.kind === 'category') return takeCodes(column.codes, rows).map((code) => (code < 0 ? 0 : 1 + Math.min(code, mostBins)))
  const values = takeNumbers(column.values, rows)
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const edges = Array.from({ length: mostBins - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / mostBins)] ?? 0)
  const borders = Float64Array.from(new Set(edges))
  return Int32Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1 + placeNumber(borders, value)))
}

/** The share of the variance that the means of the bins explain, corrected for their number: 0 on average for noise. */
function explainedShare(bins: Int32Array, values: Float64Array): number {
  const sums = new Float64Array(mostBins + 2)
  const counts = new Float64Array(mostBins + 2)
  let [mean, spread] = [0, 0]
  for (const [i, value] of values.entries()) {
    const bin = bins[i] ?? 0
    sums[bin] = (sums[bin] ?? 0) + value
    counts[bin] = (counts[bin] ?? 0) + 1
    mean += value / values.length
  }
  for (const value of values) spread += (value - mean) ** 2
  let between = 0
  let used = 0
  for (const [bin, count] of counts.entries()) {
    if (count === 0) continue
    used++
    between += count * ((sums[bin] ?? 0) / count - mean) ** 2
  }
  if (spread === 0 || values.length <= used) return 0
  return 1 - (spread - between) / (values.length - used) / (spread / (values.length - 1))
}

/** What was missed on each predicted row: of a number on the model's scale, of classes in probability. */
function errorsOf({ training: { target }, settings }: Bench, base: readonly FoldResult[]): Float64Array[] {
  if (target.task === 'regression') {
    const log = settings.glassbox?.regressionLink === 'log'
    const values = base.flatMap(({ rows, prediction }) => {
      const said = prediction.task === 'regression' ? prediction.value : new Float64Array(0)
      return Array.from(rows, (row, i) => missed(target.values[row] ?? 0, said[i] ?? 0, log))
    })
    return [Float64Array.from(values)]
  }
  return likelyClasses(target.codes, target.classes.length).map((k) => {
    const values = base.flatMap(({ rows, prediction }) => {
      const said = prediction.task === 'binary' ? prediction.probability : prediction.task === 'multiclass' ? prediction.probabilities[k] : undefined
      return Array.from(rows, (row, i) => (target.codes[row] === k ? 1 : 0) - (said?.[i] ?? 0))
    })
    return Float64Array.from(values)
  })
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
