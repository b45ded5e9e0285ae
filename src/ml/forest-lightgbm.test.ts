import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { centred } from './forest.testkit.ts'
import { compileForest } from './forest-compile.ts'
import { fitModel } from './fit-model.ts'
import type { Direction, Forest, Tree } from './model.ts'
import { scoreRows } from './predict.ts'
import { expectAccepted } from './refusal.ts'
import type { Column, Table, Target } from './table.ts'

type Node =
  | { value: number; weight: number }
  | { feature: number; threshold: number; missing_left: boolean; left: Node; right: Node }

interface Grown {
  task: Target['task']
  rounds: number
  monotone?: Record<string, Direction>
  columns: Record<string, (number | null)[]>
  target: number[]
  scores: number[][]
}

const golden: {
  grown: Grown[]
  constrained: Grown
  explained: { features: string[]; trees: Node[]; rows: (number | null)[][]; contributions: number[][] }
} = JSON.parse(readFileSync(new URL('../../tests/golden/ml-trees.json', import.meta.url), 'utf8'))

function tableOf({ columns }: Grown): Table {
  const built = Object.entries(columns).map(([name, values]): Column => {
    if (name === 'city') return { name, kind: 'category', codes: Int32Array.from(values, Number), levels: ['0', '1', '2', '3', '4', '5', '6'] }
    return { name, kind: 'numeric', values: Float64Array.from(values, (value) => value ?? Number.NaN) }
  })
  return { rows: columns.age!.length, columns: built }
}

function targetOf({ task, target }: Grown): Target {
  if (task === 'regression') return { task, values: Float64Array.from(target) }
  return { task, codes: Int32Array.from(target), classes: [...new Set(target)].sort().map(String) }
}

/** Largest difference of the scores of our trees and of LightGBM's, by output. */
async function compare(grown: Grown): Promise<number[]> {
  const table = tableOf(grown)
  const settings = { trees: { rounds: grown.rounds, leaves: 15 } }
  const request = { trainer: 'trees', table, target: targetOf(grown), settings, monotone: grown.monotone, seed: 1 } as const
  const scores = expectAccepted(scoreRows(expectAccepted(await fitModel(request)), table))
  return scores.map((output, k) => output.reduce((most, score, i) => Math.max(most, Math.abs(score - grown.scores[k]![i]!)), 0))
}

describe('trees grow as those of LightGBM', () => {
  test.each(golden.grown)('$task, $rounds rounds: every row has the same score', async (grown) => {
    // Classes start with half a row more than were counted. After more rounds a tie of two splits is decided differently.
    const tolerance = grown.task === 'regression' ? 1e-6 : 2e-3
    for (const difference of await compare(grown)) expect(difference).toBeLessThan(tolerance)
  })

  test('held to directions by its basic method', async () => {
    for (const difference of await compare(golden.constrained)) expect(difference).toBeLessThan(1e-6)
  })
})

test('contributions are those of its pred_contrib', () => {
  const { features, trees, rows, contributions } = golden.explained
  const forest: Forest = {
    features: features.map((feature) => ({ kind: 'numeric', feature })),
    trees: [trees.map(treeOf)],
    importance: [],
  }
  for (const [i, row] of rows.entries()) {
    const parts = compileForest(forest, [0]).partsOf(row, 1)
    for (const [f, [part]] of parts.entries()) expect(part).toBeCloseTo(contributions[i]![f]!, 12)
  }
})

function treeOf(root: Node): Tree {
  const tree = {
    feature: [] as number[],
    threshold: [] as number[],
    levels: [] as null[],
    missingLeft: [] as boolean[],
    left: [] as number[],
    right: [] as number[],
    value: [] as number[],
    weight: [] as number[],
  }
  const place = (node: Node): number => {
    if ('value' in node) {
      tree.weight.push(node.weight)
      return ~(tree.value.push(node.value) - 1)
    }
    const split = tree.feature.push(node.feature) - 1
    tree.threshold.push(node.threshold)
    tree.levels.push(null)
    tree.missingLeft.push(node.missing_left)
    tree.left[split] = place(node.left)
    tree.right[split] = place(node.right)
    return split
  }
  place(root)
  return centred(tree)
}
