import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitModel } from '#ml/fit-model'
import type { CategoryTerm, Forest, Model, NumericTerm, PairTerm } from '#ml/model'
import { scoreRow } from '#ml/score-row'
import { isRefusal } from '#ml/refusal'
import { makeSynthetic } from '#ml/synthetic.testkit'
import { modelSchema } from './model-schema.ts'

const numeric: NumericTerm = {
  kind: 'numeric',
  feature: 'age',
  edges: [1, 2],
  scores: [[0, 1, 2]],
  deviation: [[0, 0, 0]],
  lower: [[-1, 0, 1]],
  upper: [[1, 2, 3]],
  weight: [3, 4, 5],
  missing: [0.5],
  missingWeight: 1,
  importance: 1,
  importanceInterval: [0.5, 1.5],
}
const category: CategoryTerm = {
  kind: 'category',
  feature: 'city',
  levels: ['a', 'b', 'c'],
  bins: [0, 1, 1],
  ordered: true,
  monotone: 'increasing',
  scores: [[0, 1]],
  deviation: [[0, 0]],
  weight: [3, 4],
  unseen: [0],
  unseenWeight: 0,
  missing: [0],
  missingWeight: 0,
  importance: 1,
}
const pair: PairTerm = {
  kind: 'pair',
  axes: [
    { kind: 'numeric', feature: 'age', edges: [1], monotone: 'increasing' },
    { kind: 'category', feature: 'city', levels: ['a'], slots: [1], unseen: 1, size: 2 },
  ],
  scores: [[0, 1, 2, 3, 4, 5]],
  deviation: [[0, 0, 0, 0, 0, 0]],
  weight: [1, 1, 1, 1, 1, 1],
  importance: 1,
}
const second: Model = {
  format: 'signalbox-model',
  version: 2,
  trainer: 'glassbox',
  task: 'regression',
  link: 'log',
  loss: { kind: 'quantile', level: 0.9 },
  intercepts: [1],
  terms: [numeric, category, pair, { kind: 'slope', feature: 'age', mean: 0, scale: 1, slope: [1], shift: [0], missing: [0], missingWeight: 0, importance: 1 }],
  logScale: { low: 0, high: 1, smear: 1 },
  training: { rows: 12, seed: 1, rounds: [3, 4], pairRounds: [1, 2], lambda: 1, l1Ratio: 0.5 },
}
const forest: Forest = {
  features: [
    { kind: 'numeric', feature: 'age' },
    { kind: 'category', feature: 'city', levels: ['a', 'b', 'c'] },
  ],
  trees: [
    [
      { feature: [0, 1], threshold: [1.5, null], levels: [null, [0, 2]], missingLeft: [true, false], left: [1, -1], right: [-2, -3], value: [1, 2, 3], weight: [4, 5, 6] },
      { feature: [], threshold: [], levels: [], missingLeft: [], left: [], right: [], value: [1], weight: [15] },
    ],
  ],
  importance: [1, 2],
}
const ofTrees: Model = { format: 'signalbox-model', version: 2, trainer: 'trees', task: 'regression', link: 'identity', intercepts: [1], terms: [], forest, training: { rows: 15, seed: 1 } }

/** The model as it is stored, with one member changed, or left out where the value is undefined. */
function changed(model: Model, path: readonly (string | number)[], value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(model))
  let at = copy
  for (const key of path.slice(0, -1)) at = at[key]
  at[path.at(-1) ?? ''] = value
  // Through text again, which drops a member that is undefined.
  return JSON.parse(JSON.stringify(copy))
}

function issues(model: unknown): string[] {
  const read = modelSchema.safeParse(model)
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

test('models of both versions are read as they were written', async () => {
  expect(modelSchema.parse(JSON.parse(JSON.stringify(second)))).toEqual(second)
  expect(modelSchema.parse(JSON.parse(JSON.stringify(ofTrees)))).toEqual(ofTrees)
  for (const task of ['binary', 'multiclass', 'regression'] as const) {
    for (const trainer of ['glassbox-main', 'linear', 'dummy'] as const) {
      const model = await fitModel({ trainer, ...makeSynthetic(task, 150), seed: 1 })
      if (isRefusal(model)) throw new Error(model.message)
      expect(modelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model)
    }
  }
})

test('a model of version 1 has nothing that came with version 2', () => {
  const plain = { ...second, version: 1, trainer: 'glassbox-main', terms: [], training: { rows: 1, seed: 1 } }
  const { loss: _loss, ...first } = plain
  expect(issues(first)).toEqual([])
  expect(issues(plain).join()).toContain('loss')
  for (const term of [numeric, category, pair]) expect(issues({ ...first, terms: [term] })).not.toEqual([])
  expect(issues({ ...first, trainer: 'trees' }).join()).toContain('trainer')
  expect(issues({ ...first, training: { rows: 1, seed: 1, pairRounds: [1] } }).join()).toContain('pairRounds')
  expect(issues({ ...second, version: 3 }).join()).toContain('version')
})

describe('a reader could not rely on', () => {
  test.each<[(string | number)[], unknown, string]>([
    [['extra'], 1, 'extra'],
    [['loss', 'level'], 1, 'loss.level'],
    [['intercepts'], [1, 2], 'intercepts: expected 1 intercepts, one for a regression model, received 2'],
    [['terms', 0, 'scores', 0], [0, 1], 'terms.0.scores.0: expected 3 numbers, one for each bin, received 2'],
    [['terms', 0, 'scores'], [], 'terms.0.scores: expected 1 lists, one for each output, received 0'],
    [['terms', 0, 'edges'], [2, 1], 'terms.0.edges.1: edges must not fall: 1 comes after 2'],
    [['terms', 0, 'missing'], [], 'terms.0.missing: expected 1 numbers, one for each output, received 0'],
    [['terms', 0, 'weight'], [1], 'terms.0.weight: expected 3 numbers'],
    [['terms', 0, 'upper'], undefined, 'terms.0.upper: a band has both'],
    [['terms', 0, 'lower', 0], [1], 'terms.0.lower.0: expected 3 numbers'],
    [['terms', 1, 'bins'], [0, 1], 'terms.1.bins: expected 3 numbers, one for each level, received 2'],
    [['terms', 1, 'bins', 2], 2, 'terms.1.bins.2: expected a place from 0 to 1, received 2'],
    [['terms', 1, 'unseen'], [1, 2], 'terms.1.unseen: expected 1 numbers'],
    [['terms', 2, 'scores', 0], [1], 'terms.2.scores.0: expected 6 numbers, one for each cell, received 1'],
    [['terms', 2, 'axes', 1, 'slots', 0], 2, 'terms.2.axes.1.slots.0: expected a place from 0 to 1, received 2'],
    [['terms', 2, 'axes', 1, 'unseen'], -1, 'terms.2.axes.1.unseen.0: expected a place from 0 to 1, received -1'],
    [['terms', 3, 'slope'], [1, 2], 'terms.3.slope: expected 1 numbers'],
    [['forest'], forest, 'terms: a model of trees has no terms, received 4'],
  ])('a model with %j as %j', (path, value, said) => expect(issues(changed(second, path, value)).join('\n')).toContain(said))

  const tree = ['forest', 'trees', 0, 0] as const
  test.each<[(string | number)[], unknown, string]>([
    [['forest', 'importance'], [1], 'forest.importance: expected 2 numbers, one for each feature, received 1'],
    [['forest', 'trees'], [], 'forest.trees: expected 1 lists of trees'],
    [[...tree, 'value'], [1], 'forest.trees.0.0.value: expected 3 numbers, one for each leaf, received 1'],
    [[...tree, 'left'], [1], 'forest.trees.0.0.left: expected 2 numbers, one for each split, received 1'],
    [[...tree, 'feature', 0], 2, 'feature.0: expected a place from 0 to 1, received 2'],
    [[...tree, 'threshold', 0], null, 'a split of the numbers of "age" has a threshold and no levels'],
    [[...tree, 'threshold', 1], 1, 'a split of the levels of "city" has levels and no threshold'],
    [[...tree, 'levels', 1], [2, 0], 'levels.1.1: expected ascending places from 0 to 2, received 0'],
    [[...tree, 'levels', 1], [3], 'levels.1.0: expected ascending places from 0 to 2, received 3'],
    [[...tree, 'left', 1], 0, 'left.1: expected a split or a leaf that no other split leads to, received 0'],
    [[...tree, 'right', 1], -2, 'right.1: expected a split or a leaf that no other split leads to, received -2'],
    [[...tree, 'right', 1], -9, 'right.1: expected a split or a leaf that no other split leads to, received -9'],
  ])('trees with %j as %j', (path, value, said) => expect(issues(changed(ofTrees, path, value)).join('\n')).toContain(said))
})

test('whatever number or list is lost from a model, it is refused or it can still score a row', () => {
  const paths: (string | number)[][] = []
  const collect = (value: unknown, path: (string | number)[]): void => {
    if (path.length > 0) paths.push(path)
    if (Array.isArray(value)) for (const [i, member] of value.entries()) collect(member, [...path, i])
    else if (typeof value === 'object' && value !== null) for (const [key, member] of Object.entries(value)) collect(member, [...path, key])
  }
  collect(second, [])
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.constantFrom(undefined, null, [], 0, 7, -1), (path, value) => {
      const read = modelSchema.safeParse(changed(second, path, value))
      if (!read.success) return
      const score = scoreRow(read.data)
      const features = read.data.terms.flatMap((term) => (term.kind === 'pair' ? term.axes.map(({ feature }) => feature) : [term.feature]))
      for (const cell of [null, 5, 'a', 'z']) {
        const said = score(Object.fromEntries(features.map((feature) => [feature, cell])))
        expect(!isRefusal(said) && said.task === 'regression' && Number.isFinite(said.value)).toBe(true)
      }
    }),
    { numRuns: 400 },
  )
})
