import { expect, test } from 'vitest'
import type { Value } from './compiled-model.ts'
import { compileForest } from './forest-compile.ts'
import { goesLeft, randomFeatures, randomRow, randomTree } from './forest.testkit.ts'
import { gaussLegendre } from './forest-quadrature.ts'
import type { Forest, Tree } from './model.ts'
import { seededRandom } from './random.ts'

/** Expected value where only some features are known: others send a row both ways in the shares of the training rows. */
function expectedValue(forest: Forest, tree: Tree, known: { values: readonly Value[]; features: number }): number {
  const weightOf = (child: number): number =>
    child < 0 ? tree.weight[~child]! : weightOf(tree.left[child]!) + weightOf(tree.right[child]!)
  const valueBelow = (child: number): number => {
    if (child < 0) return tree.value[~child]!
    const [left, right] = [tree.left[child]!, tree.right[child]!]
    if ((known.features >> tree.feature[child]!) & 1) {
      return valueBelow(goesLeft(forest, tree, { split: child, values: known.values }) ? left : right)
    }
    return (weightOf(left) * valueBelow(left) + weightOf(right) * valueBelow(right)) / weightOf(child)
  }
  return valueBelow(tree.feature.length === 0 ? ~0 : 0)
}

/** Shapley values by their definition, over all subsets of features. */
function shapleyByDefinition(forest: Forest, values: readonly Value[]): number[] {
  const count = forest.features.length
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  const gameOf = (features: number): number =>
    forest.trees[0]!.reduce((sum, tree) => sum + expectedValue(forest, tree, { values, features }), 0)
  return Array.from({ length: count }, (_, i) => {
    let sum = 0
    for (let subset = 0; subset < 1 << count; subset++) {
      if ((subset >> i) & 1) continue
      const size = subset.toString(2).replaceAll('0', '').length
      sum += (factorial(size) * factorial(count - size - 1) * (gameOf(subset | (1 << i)) - gameOf(subset))) / factorial(count)
    }
    return sum
  })
}

test.each([
  { leaves: 1, features: 2 },
  { leaves: 2, features: 2 },
  { leaves: 5, features: 3 },
  { leaves: 12, features: 6 },
  { leaves: 40, features: 7 },
])('the parts of a score are the Shapley values of their definition: $leaves leaves, $features features', ({ leaves, features: count }) => {
  const random = seededRandom(leaves, count)
  const features = randomFeatures(count)
  for (let repeat = 0; repeat < 6; repeat++) {
    const trees = Array.from({ length: 2 }, () => randomTree(features, leaves, random))
    const forest: Forest = { features, trees: [trees], importance: [] }
    const values = randomRow(features, random)
    const parts = compileForest(forest, [0.5]).partsOf(values, 1)
    const law = shapleyByDefinition(forest, values)
    for (const [f, [part]] of parts.entries()) expect(Math.abs(part! - law[f]!)).toBeLessThan(1e-13)
  }
})

test('parts add up to the score of the trees, also where one feature is split many times', () => {
  const random = seededRandom(7)
  const features = randomFeatures(9)
  const trees = [0, 1, 2].map(() => Array.from({ length: 30 }, () => randomTree(features, 31, random)))
  const intercepts = [0.3, -1.7, 1000]
  const compiled = compileForest({ features, trees, importance: [] }, intercepts)
  let exact = 0
  for (let i = 0; i < 200; i++) {
    const values = randomRow(features, random)
    const scores = [...intercepts]
    compiled.addScores(values, scores)
    const parts = compiled.partsOf(values, 3)
    for (const [k, intercept] of intercepts.entries()) {
      const sum = parts.reduce((total, part) => total + part[k]!, intercept)
      expect(Math.abs(sum - scores[k]!)).toBeLessThan(1e-12)
      if (sum === scores[k]) exact++
    }
  }
  expect(exact).toBeGreaterThan(570)
})

test('a leaf without training rows is reached by what is known alone', () => {
  const tree: Tree = {
    feature: [0, 1],
    threshold: [0, 0],
    levels: [null, null],
    missingLeft: [true, true],
    left: [1, ~0],
    right: [~1, ~2],
    value: [5, -1, 1],
    weight: [0, 10, 10],
  }
  const forest: Forest = { features: randomFeatures(2), trees: [[tree]], importance: [] }
  for (const values of [[-1, -1], [-1, 1], [1, -1], [1, 1]]) {
    const parts = compileForest(forest, [0]).partsOf(values, 1)
    const law = shapleyByDefinition(forest, values)
    for (const [f, [part]] of parts.entries()) expect(part).toBeCloseTo(law[f]!, 13)
  }
})

test('quadrature is exact for the polynomials that it must sum', () => {
  for (const count of [1, 2, 5, 16, 40]) {
    const { points, weights } = gaussLegendre(count)
    for (const degree of [0, 1, count, 2 * count - 1]) {
      const sum = points.reduce((total, point, i) => total + weights[i]! * point ** degree, 0)
      expect(sum).toBeCloseTo(1 / (degree + 1), 14)
    }
  }
})
