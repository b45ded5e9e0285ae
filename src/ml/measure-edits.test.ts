import { beforeAll, describe, expect, test } from 'vitest'
import { applyEdits } from './apply-edits.ts'
import { fitModel } from './fit-model.ts'
import { measure } from './measure.ts'
import { measureEdits } from './measure-edits.ts'
import type { Model } from './model.ts'
import { predict } from './predict.ts'
import { expectAccepted } from './refusal.ts'
import type { ShapeEdit } from './shape-edit.ts'
import { makeSynthetic, type Synthetic } from './synthetic.testkit.ts'
import { takeRows, takeTarget } from './table.ts'

const tasks = ['regression', 'binary', 'multiclass'] as const
const high: ShapeEdit = { verb: 'flatten', term: ['x1'], where: [{ feature: 'x1', ranges: [{ from: 5, to: null }] }] }
const drawn = new Map<string, { data: Synthetic; before: Model; after: Model }>()

beforeAll(async () => {
  for (const task of tasks) {
    const data = makeSynthetic(task, 400)
    const before = expectAccepted(await fitModel({ trainer: 'glassbox-main', ...data, seed: 1 }))
    drawn.set(task, { data, before, after: expectAccepted(applyEdits(before, [high])).model })
  }
})

function of(task: string) {
  const found = drawn.get(task)
  if (!found) throw new Error(`no model for ${task}`)
  return found
}

describe.each(tasks)('for %s', (task) => {
  test('all measures stand before and after, overall and on the rows that the edit moves', () => {
    const { data, before, after } = of(task)
    const { overall, selection } = expectAccepted(measureEdits({ before, after, ...data, seed: 3, resamples: 50 }))
    const [x1] = data.table.columns
    if (x1?.kind !== 'numeric') throw new Error('x1 is numeric')
    // The border next to 5 may lie a little beside it.
    const inside = [...x1.values.keys()].filter((row) => x1.values[row]! > 5.2)
    expect(Math.abs((selection?.rows ?? 0) - inside.length)).toBeLessThan(12)
    expect(overall.rows).toBe(400)
    const names = Object.keys(overall.metrics)
    expect(names).toEqual(Object.keys(measure(data.target, expectAccepted(predict(before, data.table)))))
    const [first, second] = [measure(data.target, expectAccepted(predict(before, data.table))), measure(data.target, expectAccepted(predict(after, data.table)))]
    for (const [name, difference] of Object.entries(overall.metrics)) {
      expect(difference).toMatchObject({ baseline: first[name as 'auc'], candidate: second[name as 'auc'] })
      expect(difference.low).toBeLessThanOrEqual(difference.high)
    }
    const leading = task === 'regression' ? 'rmse' : 'logLoss'
    // The truth bends there, so that flattening hurts: more where it is done than overall.
    expect(overall.metrics[leading]!.low).toBeGreaterThan(0)
    expect(selection!.metrics[leading]!.difference).toBeGreaterThan(overall.metrics[leading]!.difference)
  })
})

test('an edit that moves no row has no selection, and no difference', () => {
  const { data, before } = of('binary')
  const { model: after } = expectAccepted(applyEdits(before, [{ verb: 'scale', term: ['x1'], factor: 1 }]))
  const { overall, selection } = expectAccepted(measureEdits({ before, after, ...data, seed: 3, resamples: 20 }))
  expect(selection).toBeNull()
  expect(Object.values(overall.metrics).every(({ difference, low, high: top }) => difference === 0 && low === 0 && top === 0)).toBe(true)
})

test('weights count rows several times, and rows of weight 0 not at all', () => {
  const { data, before, after } = of('regression')
  const weights = Float64Array.from({ length: 400 }, (_, row) => row % 3)
  const { overall } = expectAccepted(measureEdits({ before, after, ...data, weights, seed: 3, resamples: 20 }))
  const repeated = Int32Array.from([...weights.keys()].flatMap((row) => Array.from({ length: weights[row]! }, () => row)))
  const [table, target] = [takeRows(data.table, repeated), takeTarget(data.target, repeated)]
  const { overall: counted } = expectAccepted(measureEdits({ before, after, table, target, seed: 3, resamples: 20 }))
  expect(overall.rows).toBe(266)
  for (const [name, { baseline, candidate }] of Object.entries(counted.metrics)) {
    expect(overall.metrics[name as 'rmse']!.baseline).toBeCloseTo(baseline, 10)
    expect(overall.metrics[name as 'rmse']!.candidate).toBeCloseTo(candidate, 10)
  }
  expect(overall.metrics.rmse!.low).toBeLessThan(overall.metrics.rmse!.high)
})

test('the same seed gives the same intervals, progress goes up to the end, and bad rows are refused', () => {
  const { data, before, after } = of('binary')
  const input = { before, after, ...data, seed: 4, resamples: 120 }
  const told: number[] = []
  const once = measureEdits(input, { progress: (fraction) => told.push(fraction) })
  expect(measureEdits(input)).toEqual(once)
  expect(told).toEqual([...told].sort((a, b) => a - b))
  expect(told.at(-1)).toBeGreaterThan(0.9)
  expect(measureEdits({ ...input, weights: new Float64Array(3) })).toMatchObject({ code: 'row-count-differs' })
  expect(measureEdits({ ...input, weights: new Float64Array(400).fill(-1) })).toMatchObject({ code: 'weight-not-valid' })
  expect(measureEdits({ ...input, weights: new Float64Array(400) })).toMatchObject({ code: 'no-rows' })
  expect(measureEdits({ ...input, table: { rows: 400, columns: [] } })).toMatchObject({ code: 'missing-column' })
})
