import { expect, test } from 'vitest'
import { forestCurves } from './forest-curves.ts'
import { goesLeft, randomFeatures, randomTree } from './forest.testkit.ts'
import type { Forest, Tree } from './model.ts'
import { seededRandom } from './random.ts'

/** What a tree expects where one feature is known. */
function dependence(forest: Forest, tree: Tree, known: { feature: number; value: number | string | null }): number {
  const values = forest.features.map((_, f) => (f === known.feature ? known.value : null))
  const weightOf = (child: number): number =>
    child < 0 ? tree.weight[~child]! : weightOf(tree.left[child]!) + weightOf(tree.right[child]!)
  const below = (child: number): number => {
    if (child < 0) return tree.value[~child]!
    const [left, right] = [tree.left[child]!, tree.right[child]!]
    if (tree.feature[child] === known.feature) return below(goesLeft(forest, tree, { split: child, values }) ? left : right)
    return (weightOf(left) * below(left) + weightOf(right) * below(right)) / weightOf(child)
  }
  return below(tree.feature.length === 0 ? ~0 : 0)
}

test('a curve is the partial dependence by its definition, at every step, level and missing value', () => {
  const random = seededRandom(3)
  const features = randomFeatures(5)
  const trees = [0, 1].map(() => Array.from({ length: 4 }, () => randomTree(features, 40, random)))
  const forest: Forest = { features, trees, importance: [5, 4, 3, 2, 1] }
  for (const [f, term] of forestCurves(forest).entries()) {
    expect(term.importance).toBe(5 - f)
    for (const [k, rounds] of trees.entries()) {
      const law = (value: number | string | null) =>
        rounds.reduce((sum, tree) => sum + dependence(forest, tree, { feature: f, value }), 0)
      expect(term.missing[k]).toBeCloseTo(law(null), 12)
      if (term.kind === 'numeric') {
        for (const [bin, score] of term.scores[k]!.entries()) {
          const value = term.edges[bin] ?? 100
          expect(score).toBeCloseTo(law(value), 12)
          expect(score).toBeCloseTo(law(bin === 0 ? -100 : term.edges[bin - 1]! + 1e-9), 12)
        }
      }
      if (term.kind === 'category') {
        for (const [i, level] of term.levels.entries()) expect(term.scores[k]![i]).toBeCloseTo(law(level), 12)
        expect(term.unseen[k]).toBeCloseTo(law('violet'), 12)
      }
    }
  }
})

test('rows by step are exact where a tree splits the feature first', () => {
  const tree: Tree = {
    feature: [0, 0],
    threshold: [0, 2],
    levels: [null, null],
    missingLeft: [false, true],
    left: [~0, ~1],
    right: [1, ~2],
    value: [0, 0, 0],
    weight: [10, 30, 60],
  }
  const missing: Tree = { ...tree, feature: [0], threshold: [2], levels: [null], missingLeft: [true], left: [~0], right: [~1], value: [0, 0], weight: [40, 60] }
  const forest: Forest = { features: randomFeatures(2), trees: [[tree, missing]], importance: [1, 0] }
  const [term, other] = forestCurves(forest)
  expect(term!.kind === 'numeric' && term!.weight.map(Math.round)).toEqual([10, expect.any(Number), 60])
  expect(term!.kind === 'numeric' && term!.missingWeight).toBeGreaterThan(0)
  expect(other!.kind === 'numeric' && other!.weight).toEqual([100])
})

test('a split that only asks whether a value is missing makes no step', () => {
  const tree: Tree = {
    feature: [0],
    threshold: [Number.MAX_VALUE],
    levels: [null],
    missingLeft: [false],
    left: [~0],
    right: [~1],
    value: [-1, 3],
    weight: [30, 10],
  }
  const [term] = forestCurves({ features: randomFeatures(1), trees: [[tree]], importance: [1] })
  expect(term).toMatchObject({ kind: 'numeric', edges: [], scores: [[-1]], missing: [3] })
  expect(term!.kind === 'numeric' && [...term!.weight, term!.missingWeight].map(Math.round)).toEqual([30, 10])
})
