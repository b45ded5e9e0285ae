import type { BinRule, FeatureBins } from './feature-bins.ts'
import { projectCurve } from './hold-monotone.ts'
import type { CategoryTerm, NumericTerm } from './model.ts'
import type { Column } from './table.ts'

/** Averaged curves of one feature, one for each output; bin 0 is the missing value. */
export interface FeatureCurves {
  readonly scores: Float64Array[]
  readonly deviation: Float64Array[]
}

/** A term whose mean over the training rows is zero, and what was taken out of it, by output. */
export interface BuiltTerm {
  readonly term: NumericTerm | CategoryTerm
  readonly means: number[]
}

/** Turns averaged curves into a term of the model. */
export function buildTerm(feature: FeatureBins, column: Column, curves: FeatureCurves): BuiltTerm {
  const weight = countRows(feature, column)
  const direction = feature.rule.kind === 'numeric' ? feature.rule.direction : undefined
  const scores = curves.scores.map((curve) => curve.slice())
  // The mean of monotone curves is monotone but for rounding; the projection takes that away too.
  if (direction) for (const curve of scores) projectCurve(curve, weight, direction)
  const means = scores.map((curve) => centreCurve(curve, weight))
  for (const curve of scores) clearUnknown(curve, weight, feature.rule)
  const common = {
    feature: feature.feature,
    missing: scores.map((curve) => (curve[0] as number) + 0),
    missingWeight: weight[0] as number,
    importance: importanceOf(scores, weight),
  }
  const { rule } = feature
  const term =
    rule.kind === 'numeric'
      ? numericTerm(common, rule, { scores, deviation: curves.deviation, weight })
      : categoryTerm(common, rule, { scores, deviation: curves.deviation, weight })
  return { term, means }
}

interface Common {
  readonly feature: string
  readonly missing: number[]
  readonly missingWeight: number
  readonly importance: number
}

interface Curves {
  readonly scores: Float64Array[]
  readonly deviation: Float64Array[]
  readonly weight: Float64Array
}

function numericTerm(common: Common, rule: BinRule & { kind: 'numeric' }, curves: Curves): NumericTerm {
  return {
    kind: 'numeric',
    ...common,
    edges: rule.edges,
    scores: curves.scores.map((curve) => plainNumbers(curve.subarray(1))),
    deviation: curves.deviation.map((curve) => plainNumbers(curve.subarray(1))),
    weight: Array.from(curves.weight.subarray(1)),
    ...(rule.direction ? { monotone: rule.direction } : {}),
  }
}

/** Adding 0 turns -0 into 0, which JSON cannot tell apart. */
function plainNumbers(values: Float64Array): number[] {
  return Array.from(values, (value) => value + 0)
}

/** Bins of levels are renumbered without the missing one and, where it holds no kept level, the unseen one. */
function categoryTerm(common: Common, rule: BinRule & { kind: 'category' }, curves: Curves): CategoryTerm {
  const used = [...new Set(rule.binOfLevel)].sort((a, b) => a - b)
  const pick = (curve: Float64Array): number[] => used.map((bin) => (curve[bin] as number) + 0)
  const pooled = used.includes(rule.unseen)
  return {
    kind: 'category',
    ...common,
    levels: rule.levels,
    bins: rule.binOfLevel.map((bin) => used.indexOf(bin)),
    scores: curves.scores.map(pick),
    deviation: curves.deviation.map(pick),
    weight: pick(curves.weight),
    unseen: curves.scores.map((curve) => (curve[rule.unseen] as number) + 0),
    unseenWeight: pooled ? 0 : (curves.weight[rule.unseen] as number),
  }
}

/** Training rows by bin as prediction places them; encoded levels were placed differently while fitting. */
function countRows({ rule, bins, codes }: FeatureBins, column: Column): Float64Array {
  const weight = new Float64Array(bins)
  const count = (bin: number): void => {
    weight[bin] = (weight[bin] as number) + 1
  }
  if (rule.kind === 'numeric' || column.kind === 'numeric') {
    for (const code of codes) count(code)
    return weight
  }
  const binOfLevel = new Map(rule.levels.map((level, i) => [level, rule.binOfLevel[i] as number]))
  const binOfCode = column.levels.map((level) => binOfLevel.get(level) ?? rule.unseen)
  for (const code of column.codes) count(code < 0 ? 0 : (binOfCode[code] as number))
  return weight
}

/** Takes the training mean out of a curve and returns it. */
function centreCurve(curve: Float64Array, weight: Float64Array): number {
  let sum = 0
  let rows = 0
  for (let bin = 0; bin < curve.length; bin++) {
    sum += (weight[bin] as number) * (curve[bin] as number)
    rows += weight[bin] as number
  }
  const mean = rows === 0 ? 0 : sum / rows
  for (let bin = 0; bin < curve.length; bin++) curve[bin] = (curve[bin] as number) - mean
  return mean
}

/** A missing value or unseen level that training never met says nothing: its score is the mean, zero. */
function clearUnknown(curve: Float64Array, weight: Float64Array, rule: BinRule): void {
  if (weight[0] === 0) curve[0] = 0
  if (rule.kind === 'category' && weight[rule.unseen] === 0) curve[rule.unseen] = 0
}

function importanceOf(scores: readonly Float64Array[], weight: Float64Array): number {
  let sum = 0
  let rows = 0
  for (let bin = 0; bin < weight.length; bin++) {
    rows += weight[bin] as number
    for (const curve of scores) sum += ((weight[bin] as number) * Math.abs(curve[bin] as number)) / scores.length
  }
  return rows === 0 ? 0 : sum / rows
}
