import type { Value } from './compiled-model.ts'
import type { Forest, ForestFeature, Tree } from './model.ts'
import { readNumber } from './place-number.ts'
import type { Random } from './random.ts'
import { gaussian } from './synthetic.testkit.ts'

/** Features of random trees: numbers and levels in turn. */
export function randomFeatures(count: number): ForestFeature[] {
  return Array.from({ length: count }, (_, i): ForestFeature =>
    i % 3 === 2
      ? { kind: 'category', feature: `f${i}`, levels: ['red', 'green', 'blue', 'white'] }
      : { kind: 'numeric', feature: `f${i}` },
  )
}

/** A tree that nobody grew: thresholds on a coarse lattice, features repeated on the way, leaves of unequal weight. */
export function randomTree(features: readonly ForestFeature[], leaves: number, random: Random): Tree {
  const tree = { feature: [] as number[], threshold: [] as (number | null)[], levels: [] as (number[] | null)[] }
  const missingLeft: boolean[] = []
  const left: number[] = []
  const right: number[] = []
  const hooks: (() => [number[], number] | undefined)[] = [() => undefined]
  for (let split = 0; split + 1 < leaves; split++) {
    const leaf = random.below(split + 1)
    const hook = hooks[leaf]?.()
    if (hook) hook[0][hook[1]] = split
    const feature = random.below(features.length)
    const own = features[feature]
    tree.feature.push(feature)
    tree.threshold.push(own?.kind === 'numeric' ? (random.below(9) - 4) / 2 : null)
    tree.levels.push(own?.kind === 'category' ? [0, 1, 2, 3].filter(() => random.below(2) === 0) : null)
    missingLeft.push(random.below(2) === 0)
    left.push(~leaf)
    right.push(~(split + 1))
    hooks[leaf] = () => [left, split]
    hooks[split + 1] = () => [right, split]
  }
  const value = Array.from({ length: leaves }, () => gaussian(random))
  const weight = Array.from({ length: leaves }, () => 1 + random.below(40))
  return centred({ ...tree, missingLeft, left, right, value, weight })
}

/** The tree with values whose mean over the training rows is zero. */
export function centred(tree: Tree): Tree {
  const total = tree.weight.reduce((sum, weight) => sum + weight, 0)
  const mean = tree.value.reduce((sum, value, leaf) => sum + (value * (tree.weight[leaf] as number)) / total, 0)
  return { ...tree, value: tree.value.map((value) => value - mean) }
}

/** A row with every kind of value. */
export function randomRow(features: readonly ForestFeature[], random: Random): Value[] {
  return features.map((feature) => {
    if (random.below(6) === 0) return null
    if (feature.kind === 'numeric') return random.below(3) === 0 ? (random.below(9) - 4) / 2 : gaussian(random)
    return random.below(6) === 0 ? 'violet' : (feature.levels[random.below(4)] as string)
  })
}

/** Whether a row goes left, read off the description of a tree. */
export function goesLeft({ features }: Forest, tree: Tree, at: { split: number; values: readonly Value[] }): boolean {
  const feature = tree.feature[at.split] as number
  const value = at.values[feature] ?? null
  const missing = tree.missingLeft[at.split] as boolean
  const own = features[feature]
  if (own?.kind === 'category') {
    if (value === null) return missing
    return (tree.levels[at.split] as number[]).includes(own.levels.indexOf(String(value)))
  }
  const number = readNumber(value)
  return Number.isNaN(number) ? missing : number <= (tree.threshold[at.split] as number)
}
