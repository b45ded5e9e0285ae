import type { Model, Tree } from '#ml/model'

/** How much splits of features gain below one another, by the places of the features. */
export interface SplitChains {
  readonly pairs: readonly (readonly [number, number])[]
  readonly triples: readonly (readonly [number, number, number])[]
}

interface Node {
  readonly rows: number
  readonly sum: number
}

/**
 * The pairs and triples of features that trees split by one after another, those that gain most first. A split counts
 * by how far apart it sets the means of its two sides.
 */
export function splitChains({ forest }: Model): SplitChains {
  const pairs = new Map<string, number>()
  const triples = new Map<string, number>()
  for (const tree of forest?.trees.flat() ?? []) {
    walk(tree, (chain, gain) => {
      const [parent, own] = chain.slice(-2)
      if (parent !== undefined && own !== undefined && parent !== own) add(pairs, [parent, own], gain)
      const last = new Set(chain.slice(-3))
      if (last.size === 3) add(triples, [...last], gain)
    })
  }
  return { pairs: ranked(pairs).map(([a = 0, b = 0]) => [a, b]), triples: ranked(triples).map(([a = 0, b = 0, c = 0]) => [a, b, c]) }
}

function add(found: Map<string, number>, features: readonly number[], gain: number): void {
  const key = features.toSorted((a, b) => a - b).join(' ')
  found.set(key, (found.get(key) ?? 0) + gain)
}

function ranked(found: ReadonlyMap<string, number>): number[][] {
  return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([key]) => key.split(' ').map(Number))
}

/** Visits every split with the features from the root down to it, and what it gains. */
function walk(tree: Tree, visit: (chain: readonly number[], gain: number) => void): void {
  const below = (node: number, chain: readonly number[]): Node => {
    if (node < 0) {
      const rows = tree.weight[~node] ?? 0
      return { rows, sum: rows * (tree.value[~node] ?? 0) }
    }
    const here = [...chain, tree.feature[node] ?? 0]
    const left = below(tree.left[node] ?? -1, here)
    const right = below(tree.right[node] ?? -1, here)
    const rows = left.rows + right.rows
    const apart = left.rows > 0 && right.rows > 0 ? left.sum / left.rows - right.sum / right.rows : 0
    visit(here, rows > 0 ? ((left.rows * right.rows) / rows) * apart * apart : 0)
    return { rows, sum: left.sum + right.sum }
  }
  if (tree.feature.length > 0) below(0, [])
}
