import { LEAVES, type LeafMasks, leafMasks } from './forest-masks.ts'
import { estimateRows } from './forest-rows.ts'
import { type ForestSlots, forestSlots } from './forest-slots.ts'
import { type Way, waysToLeaves } from './forest-ways.ts'
import type { FeatureTerm, Forest, ForestFeature } from './model.ts'

/**
 * The curve of each feature of a forest, in the form of a term: the score that is expected where the value of this
 * feature is known and no other is (partial dependence, Friedman 2001; by the shares of the training rows that go either
 * way, as scikit-learn's `method="recursion"`), less the score that is expected where nothing is known. All of it is read
 * off the model: rows by step are estimated, see `estimateRows`.
 */
export function forestCurves(forest: Forest): FeatureTerm[] {
  const slots = forestSlots(forest)
  const trees = forest.trees.map((rounds) => rounds.flatMap((tree) => leafMasks(tree, slots)))
  const scores = forest.trees.map(() => slots.map((own) => new Float64Array(own.slots)))
  for (const [k, sets] of trees.entries()) for (const set of sets) addDependence(set, scores[k] ?? [])
  const rows = estimateRows(trees[0] ?? [], slots)
  return forest.features.map((feature, f) =>
    termOf(feature, {
      slots: slots[f] as ForestSlots,
      scores: scores.map((byFeature) => byFeature[f] as Float64Array),
      rows: rows[f] as Float64Array,
      importance: forest.importance[f] ?? 0,
    }),
  )
}

/** Adds what a tree expects of each slot of each feature to `scores` (feature, slot). */
function addDependence(set: LeafMasks, scores: readonly Float64Array[]): void {
  const ways = waysToLeaves(set.tree)
  const values = set.tree.value.slice(set.first, set.first + LEAVES)
  for (const [leaf, value] of values.entries()) {
    const way = ways[set.first + leaf] as Way
    const whole = way.shares.reduce((product, share) => product * share, value)
    for (const [f, score] of scores.entries()) {
      const on = way.features.indexOf(f)
      if (on < 0) {
        for (let slot = 0; slot < score.length; slot++) score[slot] = (score[slot] as number) + whole
        continue
      }
      const others = way.shares.reduce((product, share, i) => (i === on ? product : product * share), value)
      const mask = set.masks[set.features.indexOf(f)] as Int32Array
      for (let slot = 0; slot < score.length; slot++) {
        score[slot] = (score[slot] as number) + (((mask[slot] as number) >>> leaf) & 1) * others
      }
    }
  }
}

interface Curve {
  readonly slots: ForestSlots
  /** By output and slot. */
  readonly scores: readonly Float64Array[]
  readonly rows: Float64Array
  readonly importance: number
}

function termOf(feature: ForestFeature, { slots, scores, rows, importance }: Curve): FeatureTerm {
  // Numbers begin behind the missing slot, levels behind that of an unknown one too.
  const first = feature.kind === 'numeric' ? 1 : 2
  const bySlot = scores.map((score) => [...score.subarray(first)])
  const common = {
    feature: feature.feature,
    importance,
    scores: bySlot,
    deviation: bySlot.map((score) => score.map(() => 0)),
    weight: [...rows.subarray(first)],
    missing: scores.map(([missing = 0]) => missing),
    missingWeight: rows[0] ?? 0,
  }
  if (feature.kind === 'numeric') return { kind: 'numeric', ...common, edges: [...slots.edges] }
  return {
    kind: 'category',
    ...common,
    levels: [...feature.levels],
    bins: feature.levels.map((_, i) => i),
    unseen: scores.map((score) => score[1] ?? 0),
    unseenWeight: 0,
  }
}
