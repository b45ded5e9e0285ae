import { splitsFromRoot } from './forest-slots.ts'
import type { Tree } from './model.ts'

/** The features on the way to a leaf, each with the share of the training rows that pass all its splits there. */
export interface Way {
  readonly features: readonly number[]
  readonly shares: readonly number[]
}

/** The way to each leaf of a tree. */
export function waysToLeaves(tree: Tree): Way[] {
  const weights = weightsOfSplits(tree)
  const ways: Way[] = tree.value.map(() => ({ features: [], shares: [] }))
  const waysToSplits: Way[] = [{ features: [], shares: [] }]
  for (const split of splitsFromRoot(tree)) {
    const above = waysToSplits[split] as Way
    for (const child of [tree.left[split] as number, tree.right[split] as number]) {
      const whole = weights[split] as number
      const part = child < 0 ? (tree.weight[~child] as number) : (weights[child] as number)
      // Without any row on record both ways are as likely.
      const way = goOn(above, tree.feature[split] as number, whole > 0 ? part / whole : 0.5)
      if (child < 0) ways[~child] = way
      else waysToSplits[child] = way
    }
  }
  return ways
}

function goOn({ features, shares }: Way, feature: number, share: number): Way {
  const known = features.indexOf(feature)
  if (known < 0) return { features: [...features, feature], shares: [...shares, share] }
  return { features, shares: shares.map((before, i) => (i === known ? before * share : before)) }
}

/** Weight of the training rows that come to each split. */
export function weightsOfSplits(tree: Tree): number[] {
  const weights: number[] = []
  const weightOf = (child: number): number => (child < 0 ? (tree.weight[~child] as number) : (weights[child] as number))
  for (const split of splitsFromRoot(tree).reverse()) {
    weights[split] = weightOf(tree.left[split] as number) + weightOf(tree.right[split] as number)
  }
  return weights
}
