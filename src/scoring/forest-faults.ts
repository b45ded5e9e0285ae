import type { Forest, Tree } from '#ml/model'
import { type Fault, lengthFault } from './fault.ts'

/** Finds trees that do not fit their features, and such as no row could be led through. */
export function faultsOfForest(forest: Forest, outputs: number): Fault[] {
  const { features, trees, importance } = forest
  const faults = lengthFault(['importance'], importance, { length: features.length, of: 'feature' })
  if (trees.length !== outputs) faults.push({ path: ['trees'], message: `expected ${outputs} lists of trees, one for each output, received ${trees.length}` })
  for (const [k, ofOutput] of trees.entries()) {
    for (const [i, tree] of ofOutput.entries()) {
      const found = [...lengthFaults(tree), ...splitFaults(tree, forest), ...childFaults(tree)]
      faults.push(...found.map(({ path, message }) => ({ path: ['trees', k, i, ...path], message })))
    }
  }
  return faults
}

function lengthFaults(tree: Tree): Fault[] {
  const splits = tree.feature.length
  const bySplit = ['threshold', 'levels', 'missingLeft', 'left', 'right'] as const
  const byLeaf = ['value', 'weight'] as const
  return [
    ...bySplit.flatMap((name) => lengthFault([name], tree[name], { length: splits, of: 'split' })),
    ...byLeaf.flatMap((name) => lengthFault([name], tree[name], { length: splits + 1, of: 'leaf' })),
  ]
}

function splitFaults({ feature, threshold, levels }: Tree, { features }: Forest): Fault[] {
  return feature.flatMap((place, split): Fault[] => {
    const read = features[place]
    if (read === undefined) return [{ path: ['feature', split], message: `expected a place from 0 to ${features.length - 1}, received ${place}` }]
    const [number, list] = [threshold[split] ?? null, levels[split] ?? null]
    if (read.kind === 'numeric') {
      return number !== null && list === null ? [] : [{ path: ['threshold', split], message: `a split of the numbers of "${read.feature}" has a threshold and no levels` }]
    }
    if (list === null || number !== null) return [{ path: ['levels', split], message: `a split of the levels of "${read.feature}" has levels and no threshold` }]
    const at = list.findIndex((level, i) => level < 0 || level >= read.levels.length || (i > 0 && level <= (list[i - 1] ?? level)))
    return at < 0 ? [] : [{ path: ['levels', split, at], message: `expected ascending places from 0 to ${read.levels.length - 1}, received ${list[at]}` }]
  })
}

/** Every split but the root, and every leaf, is the child of exactly one split: then each way down ends in a leaf. */
function childFaults({ feature, left, right, value }: Tree): Fault[] {
  const taken = new Set([0])
  const faults: Fault[] = []
  for (const [name, children] of [['left', left], ['right', right]] as const) {
    for (const [split, child] of children.entries()) {
      const known = child < 0 ? ~child < value.length : child < feature.length
      if (!known || taken.has(child)) faults.push({ path: [name, split], message: `expected a split or a leaf that no other split leads to, received ${child}` })
      taken.add(child)
    }
  }
  return faults
}
