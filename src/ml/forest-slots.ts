import { type FeatureSlots, featureSlots } from './feature-slots.ts'
import type { Forest, PairAxis, Tree } from './model.ts'
import { placeNumber } from './place-number.ts'

/** Threshold that all numbers are below: such a split tells missing values from numbers. */
export const EVERY_NUMBER = Number.MAX_VALUE

/** The values of one feature that trees can tell apart. */
export interface ForestSlots extends FeatureSlots {
  /** Ascending thresholds; empty where levels are split. */
  readonly edges: Float64Array
}

/** Divides each feature of a forest by all its thresholds, or by its levels. */
export function forestSlots({ features, trees }: Forest): ForestSlots[] {
  const thresholds = features.map(() => new Set<number>())
  for (const tree of trees.flat()) {
    for (const [split, threshold] of tree.threshold.entries()) {
      if (threshold !== null && threshold < EVERY_NUMBER) thresholds[tree.feature[split] as number]?.add(threshold)
    }
  }
  return features.map((feature, f) => {
    const edges = Float64Array.from(thresholds[f] ?? []).sort()
    const axis: PairAxis =
      feature.kind === 'numeric'
        ? { kind: 'numeric', feature: feature.feature, edges: [...edges] }
        : { ...feature, slots: feature.levels.map((_, i) => i + 1), unseen: 1, size: feature.levels.length + 1 }
    return { ...featureSlots({ feature: feature.feature, kind: feature.kind }, [axis]), edges }
  })
}

/** 1 for each slot of the feature of a split that goes left. Slot 0 is a missing value, slot 1 of levels an unknown one. */
export function slotsLeft(tree: Tree, split: number, { slots, edges }: ForestSlots): Uint8Array {
  const left = new Uint8Array(slots)
  const last = lastSlotLeft(tree, split, edges)
  if (last > 0) left.fill(1, 1, last + 1)
  for (const level of tree.levels[split] ?? []) left[level + 2] = 1
  left[0] = tree.missingLeft[split] ? 1 : 0
  return left
}

/** Last slot of numbers that goes left; 0 where a split is of levels. */
export function lastSlotLeft(tree: Tree, split: number, edges: Float64Array): number {
  const threshold = tree.threshold[split]
  return typeof threshold === 'number' ? placeNumber(edges, threshold) + 1 : 0
}

/** The splits of a tree from the root down: a parent comes before its children, however they are numbered. */
export function splitsFromRoot({ feature, left, right }: Tree): number[] {
  const order = feature.length === 0 ? [] : [0]
  for (let i = 0; i < order.length; i++) {
    const split = order[i] as number
    for (const child of [left[split] as number, right[split] as number]) if (child >= 0) order.push(child)
  }
  return order
}
