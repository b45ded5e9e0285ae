import { expect, test } from 'vitest'
import type { Value } from './compiled-model.ts'
import { compileForest } from './forest-compile.ts'
import { goesLeft, randomFeatures, randomRow, randomTree } from './forest.testkit.ts'
import type { Forest, Tree } from './model.ts'
import { seededRandom } from './random.ts'
import type { Column } from './table.ts'

function valueOfTree(forest: Forest, tree: Tree, values: readonly Value[]): number {
  let at = tree.feature.length === 0 ? ~0 : 0
  while (at >= 0) at = (goesLeft(forest, tree, { split: at, values }) ? tree.left[at] : tree.right[at])!
  return tree.value[~at]!
}

/** Columns of rows; their levels are listed in another order than the forest has, with an unknown one between. */
function columnsOf(forest: Forest, rows: readonly (readonly Value[])[]): Column[] {
  const levels = ['blue', 'violet', 'red', 'white', 'green']
  return forest.features.map((feature, f): Column => {
    const name = feature.feature
    if (feature.kind === 'category') {
      const codes = Int32Array.from(rows, (row) => (row[f] === null ? -1 : levels.indexOf(String(row[f]))))
      return { name, kind: 'category', codes, levels }
    }
    return { name, kind: 'numeric', values: Float64Array.from(rows, (row) => (row[f] === null ? Number.NaN : Number(row[f]))) }
  })
}

test.each([1, 2, 9, 32, 33, 90])('trees of %i leaves give each row its leaf, to the last bit, in blocks and one by one', (leaves) => {
  const random = seededRandom(leaves)
  const features = randomFeatures(7)
  const trees = [0, 1].map(() => Array.from({ length: 5 }, () => randomTree(features, leaves, random)))
  const forest: Forest = { features, trees, importance: [] }
  const rows = Array.from({ length: 300 }, () => randomRow(features, random))
  const compiled = compileForest(forest, [0.25, -3])
  const opened = compiled.open(columnsOf(forest, rows))
  const start = 40
  const sums = [0.25, -3].map((intercept) => new Float64Array(rows.length - start).fill(intercept))
  opened.addScores(start, sums)
  for (let i = start; i < rows.length; i++) {
    const law = [0.25, -3].map((intercept, k) => trees[k]!.reduce((sum, tree) => sum + valueOfTree(forest, tree, rows[i]!), intercept))
    expect(sums.map((sum) => sum[i - start])).toEqual(law)
    const one = [0.25, -3]
    compiled.addScores(rows[i]!, one)
    expect(one).toEqual(law)
  }
})

test('parts of a block are the parts of its rows, to the last bit', () => {
  const random = seededRandom(12)
  const features = randomFeatures(6)
  const trees = [0, 1, 2].map(() => Array.from({ length: 4 }, () => randomTree(features, 35, random)))
  const forest: Forest = { features, trees, importance: [] }
  const rows = Array.from({ length: 400 }, () => randomRow(features, random))
  const compiled = compileForest(forest, [1, 2, 3])
  const parts = features.map(() => trees.map(() => new Float64Array(rows.length).fill(7)))
  compiled.open(columnsOf(forest, rows)).writeParts(0, parts)
  for (const [i, row] of rows.entries()) {
    const one = compiled.partsOf(row, 3)
    for (const [f, part] of parts.entries()) expect(part.map((values) => values[i])).toEqual(one[f])
  }
})

test('splits may be numbered in any order from the root', () => {
  const tree: Tree = {
    feature: [0, 1, 0],
    threshold: [0, -1, 2],
    levels: [null, null, null],
    missingLeft: [true, false, true],
    left: [2, ~0, 1],
    right: [~1, ~2, ~3],
    value: [1, 2, 3, 4],
    weight: [1, 1, 1, 1],
  }
  const forest: Forest = { features: randomFeatures(2), trees: [[tree]], importance: [] }
  const rows = [[-5, -5], [-5, 5], [1, -5], [9, 9], [null, null]]
  const scores = new Float64Array(rows.length)
  compileForest(forest, [0]).open(columnsOf(forest, rows)).addScores(0, [scores])
  expect([...scores]).toEqual(rows.map((row) => valueOfTree(forest, tree, row)))
})
