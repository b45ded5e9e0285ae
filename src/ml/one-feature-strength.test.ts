import { expect, test } from 'vitest'
import { oneFeatureStrength } from './one-feature-strength.ts'
import { makeSynthetic } from './synthetic.testkit.ts'
import type { Column } from './table.ts'

const { table, target } = makeSynthetic('binary', 800)
const truth = target.task === 'regression' ? new Int32Array(0) : target.codes
const extra: Column[] = [
  { name: 'alive', kind: 'category', codes: truth, levels: ['dead', 'alive'] },
  {
    name: 'id',
    kind: 'category',
    codes: Int32Array.from(truth, (_, i) => i),
    levels: Array.from(truth, (_, i) => `r${i}`),
  },
]
const withExtra = { rows: table.rows, columns: [...table.columns, ...extra] }
const strength = (feature: string) => oneFeatureStrength({ table: withExtra, target, feature, seed: 1 })

test('a column that says the target in other words is perfect and pure', () => {
  expect(strength('alive')).toMatchObject({ metric: 'auc', value: 1, pureShare: 1 })
})

test('noise and identifiers are no better than chance', () => {
  expect(Math.abs(strength('noise').value - 0.5)).toBeLessThan(0.05)
  expect(strength('id')).toMatchObject({ value: 0.5, pureShare: 0 })
})

test('an honest predictor lies between', () => {
  expect(strength('x2').value).toBeGreaterThan(0.6)
  expect(strength('x2').value).toBeLessThan(0.9)
})

test('a monotone copy of a number explains it', () => {
  const regression = makeSynthetic('regression', 600)
  const values = regression.target.task === 'regression' ? regression.target.values : new Float64Array(0)
  const copy: Column = { name: 'copy', kind: 'numeric', values: values.map((value) => Math.exp(value / 4)) }
  const found = oneFeatureStrength({
    table: { rows: 600, columns: [copy] },
    target: regression.target,
    feature: 'copy',
    seed: 1,
  })
  expect(found.metric).toBe('r2')
  expect(found.value).toBeGreaterThan(0.98)
})
