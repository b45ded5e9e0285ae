import { areaUnderCurve, rankScores } from './area-under-curve.ts'
import { assignFolds, splitRows } from './folds.ts'
import { chooseEdges } from './numeric-edges.ts'
import { placeNumber } from './place-number.ts'
import { type Column, outputsOf, type Table, type Target, takeNumbers } from './table.ts'

/** A column whose strength alone is asked for. */
export interface OneFeatureInput {
  readonly table: Table
  readonly target: Target
  readonly feature: string
  readonly seed: number
}

/** How well one column alone predicts rows that it was not learnt on; a leak shows as nearly perfect. */
export interface OneFeatureStrength {
  readonly feature: string
  /** Area under the curve (with more classes the mean of one against the rest), or R². */
  readonly metric: 'auc' | 'r2'
  /** Mean over the folds. */
  readonly value: number
  readonly byFold: number[]
  /** Distinct bins the column was cut into, the missing one included where it occurs. */
  readonly bins: number
  readonly missingShare: number
  /** Share of rows in bins of two rows or more whose rows all have one class; absent for a regression. */
  readonly pureShare?: number
}

const FOLDS = 5
const EDGES = { ownBins: 128, quantileBins: 64 }

/** A bin's mean counts as if one more row had the overall mean. */
const SMOOTHING = 1

/** Judges one column alone by cross-validation: bins and their target means come from the training folds. */
export function oneFeatureStrength({ table, target, feature, seed }: OneFeatureInput): OneFeatureStrength {
  const column = table.columns.find((candidate) => candidate.name === feature)
  if (!column) throw new Error(`the table has no column "${feature}"`)
  const folds = assignFolds(target, Math.min(FOLDS, Math.max(2, table.rows)), seed)
  const byFold: number[] = []
  for (let fold = 0; fold <= folds.reduce((a, b) => Math.max(a, b), 0); fold++) {
    const { train, test } = splitRows(folds, fold)
    if (train.length === 0 || test.length === 0) continue
    const codes = binColumn(column, train)
    const value = judgeFold(target, codes, { train, test })
    if (value !== undefined) byFold.push(value)
  }
  const codes = binColumn(column, undefined)
  const chance = target.task === 'regression' ? 0 : 0.5
  return {
    feature,
    metric: target.task === 'regression' ? 'r2' : 'auc',
    value: byFold.length === 0 ? chance : byFold.reduce((sum, value) => sum + value, 0) / byFold.length,
    byFold,
    bins: new Set(codes).size,
    missingShare: codes.filter((code) => code === 0).length / Math.max(1, codes.length),
    ...(target.task === 'regression' ? {} : { pureShare: pureShare(codes, target.codes) }),
  }
}

/** Bin of every row, 0 for missing; edges come from the given rows only. */
function binColumn(column: Column, train: Int32Array | undefined): Int32Array {
  if (column.kind === 'category') return column.codes.map((code) => (code < 0 ? 0 : code + 1))
  const values = train ? takeNumbers(column.values, train) : column.values
  const edges = Float64Array.from(chooseEdges(values, EDGES))
  return Int32Array.from(column.values, (value) => (Number.isFinite(value) ? placeNumber(edges, value) + 1 : 0))
}

interface Split {
  readonly train: Int32Array
  readonly test: Int32Array
}

function judgeFold(target: Target, codes: Int32Array, { train, test }: Split): number | undefined {
  if (target.task === 'regression') {
    const means = binMeans(codes, train, (row) => target.values[row] as number)
    return explainedShare(target.values, test, (row) => means(codes[row] as number))
  }
  const classes = outputsOf(target) === 1 ? [1] : target.classes.map((_, k) => k)
  let sum = 0
  let judged = 0
  for (const k of classes) {
    const means = binMeans(codes, train, (row) => (target.codes[row] === k ? 1 : 0))
    const scores = Float64Array.from(test, (row) => means(codes[row] as number))
    const auc = areaUnderCurve(rankScores(scores, (i) => target.codes[test[i] as number] === k))
    if (auc === undefined) continue
    sum += auc
    judged++
  }
  return judged === 0 ? undefined : sum / judged
}

function binMeans(codes: Int32Array, train: Int32Array, valueAt: (row: number) => number): (code: number) => number {
  const sums = new Map<number, { sum: number; rows: number }>()
  let total = 0
  for (const row of train) {
    const value = valueAt(row)
    const bin = sums.get(codes[row] as number)
    total += value
    if (bin) {
      bin.sum += value
      bin.rows++
    } else sums.set(codes[row] as number, { sum: value, rows: 1 })
  }
  const mean = total / train.length
  return (code) => {
    const bin = sums.get(code)
    return bin ? (bin.sum + SMOOTHING * mean) / (bin.rows + SMOOTHING) : mean
  }
}

function explainedShare(values: Float64Array, rows: Int32Array, predictionOf: (row: number) => number) {
  let sum = 0
  for (const row of rows) sum += values[row] as number
  const mean = sum / rows.length
  let residual = 0
  let spread = 0
  for (const row of rows) {
    residual += ((values[row] as number) - predictionOf(row)) ** 2
    spread += ((values[row] as number) - mean) ** 2
  }
  return spread === 0 ? undefined : 1 - residual / spread
}

function pureShare(codes: Int32Array, classes: Int32Array): number {
  const bins = new Map<number, { first: number; rows: number; pure: boolean }>()
  for (let i = 0; i < codes.length; i++) {
    const bin = bins.get(codes[i] as number)
    if (!bin) bins.set(codes[i] as number, { first: classes[i] as number, rows: 1, pure: true })
    else {
      bin.rows++
      if (bin.first !== classes[i]) bin.pure = false
    }
  }
  let rows = 0
  for (const bin of bins.values()) if (bin.pure && bin.rows > 1) rows += bin.rows
  return rows / Math.max(1, codes.length)
}
