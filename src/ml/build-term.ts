import type { AveragedScores } from './average-bags.ts'
import type { BinRule, FeatureBins } from './feature-bins.ts'
import { projectCurve } from './hold-monotone.ts'
import type { CategoryTerm, NumericTerm, PairAxis, PairTerm } from './model.ts'
import type { PairOfFeatures, PairSlots } from './pair-slots.ts'

/** What the bags say of one term; `averaged` by output, the rest by cell. */
export interface TermScores {
  readonly averaged: readonly AveragedScores[]
  readonly weight: Float64Array
  readonly importance: { readonly importance: number; readonly importanceInterval: readonly [number, number] }
}

/** Turns the averaged curve of a feature into a term; bin 0 is the missing value. */
export function buildCurveTerm({ feature, rule }: FeatureBins, term: TermScores): NumericTerm | CategoryTerm {
  const { weight } = term
  for (const { scores } of term.averaged) {
    // The mean of monotone curves is monotone but for rounding; the projection takes that away too.
    if (rule.direction) holdCurve(scores, weight, rule)
    clearUnknown(scores, weight, rule)
  }
  const common = {
    feature,
    missing: term.averaged.map(({ scores }) => (scores[0] as number) + 0),
    missingWeight: weight[0] as number,
    ...term.importance,
  }
  const monotone = rule.direction ? { monotone: rule.direction } : {}
  if (rule.kind === 'numeric') {
    return { kind: 'numeric', ...common, edges: rule.edges, ...curveOf(term, (values) => plainNumbers(values.subarray(1))), ...monotone }
  }
  // Bins of levels are renumbered without the missing one and, where it holds no kept level, the unseen one.
  const used = [...new Set(rule.binOfLevel)].sort((a, b) => a - b)
  const pooled = used.includes(rule.unseen)
  return {
    kind: 'category',
    ...common,
    levels: rule.levels,
    bins: rule.binOfLevel.map((bin) => used.indexOf(bin)),
    ...curveOf(term, (values) => used.map((bin) => (values[bin] as number) + 0)),
    ...(rule.ordered ? { ordered: true } : {}),
    ...monotone,
    unseen: term.averaged.map(({ scores }) => (scores[rule.unseen] as number) + 0),
    unseenWeight: pooled ? 0 : (weight[rule.unseen] as number),
  }
}

/** The features of a fit and the slots of their sides of pairs. */
export interface PairSides {
  readonly features: readonly FeatureBins[]
  readonly slots: readonly PairSlots[]
}

/** Turns the averaged grid of a pair into a term. */
export function buildPairTerm({ features, slots }: PairSides, { a, b }: PairOfFeatures, term: TermScores): PairTerm {
  const axes = [a, b].map((f) => axisOf(features[f] as FeatureBins, slots[f] as PairSlots))
  for (const { scores } of term.averaged) clearUnmetSlots(scores, term.weight, [slots[a] as PairSlots, slots[b] as PairSlots])
  return {
    kind: 'pair',
    axes: [axes[0] as PairAxis, axes[1] as PairAxis],
    ...term.importance,
    ...curveOf(term, plainNumbers),
  }
}

function curveOf({ averaged, weight }: TermScores, pick: (values: Float64Array) => number[]) {
  return {
    scores: averaged.map(({ scores }) => pick(scores)),
    deviation: averaged.map(({ deviation }) => pick(deviation)),
    lower: averaged.map(({ lower }) => pick(lower)),
    upper: averaged.map(({ upper }) => pick(upper)),
    weight: pick(weight),
  }
}

/** Adding 0 turns -0 into 0, which JSON cannot tell apart. */
function plainNumbers(values: Float64Array): number[] {
  return Array.from(values, (value) => value + 0)
}

/** The unseen bin of ordered levels is free, as the missing one is. */
function holdCurve(scores: Float64Array, weight: Float64Array, rule: BinRule): void {
  if (!rule.direction) return
  const held = rule.kind === 'numeric' ? scores : scores.subarray(0, rule.unseen)
  projectCurve(held, weight, rule.direction)
}

/** A missing value or unseen level that training never met says nothing: its score is the mean, zero. */
function clearUnknown(scores: Float64Array, weight: Float64Array, rule: BinRule): void {
  if (weight[0] === 0) scores[0] = 0
  if (rule.kind === 'category' && weight[rule.unseen] === 0) scores[rule.unseen] = 0
}

/** The same for a side of a pair. */
function clearUnmetSlots(scores: Float64Array, weight: Float64Array, [first, second]: readonly [PairSlots, PairSlots]): void {
  const height = first.slots
  const width = second.slots
  const clear = (cells: number[]): void => {
    if (cells.every((cell) => weight[cell] === 0)) for (const cell of cells) scores[cell] = 0
  }
  for (let i = 0; i < height; i++) clear(Array.from({ length: width }, (_, j) => i * width + j))
  for (let j = 0; j < width; j++) clear(Array.from({ length: height }, (_, i) => i * width + j))
}

function axisOf({ feature, rule }: FeatureBins, { slotOfBin, slots }: PairSlots): PairAxis {
  const monotone = rule.direction ? { monotone: rule.direction } : {}
  if (rule.kind === 'numeric') {
    const edges = rule.edges.filter((_, i) => slotOfBin[i + 1] !== slotOfBin[i + 2])
    return { kind: 'numeric', feature, edges, ...monotone }
  }
  return {
    kind: 'category',
    feature,
    levels: rule.levels,
    slots: rule.binOfLevel.map((bin) => slotOfBin[bin] as number),
    unseen: slotOfBin[rule.unseen] as number,
    size: slots,
    ...(rule.ordered ? { ordered: true } : {}),
    ...monotone,
  }
}
