import { expect, test } from 'vitest'
import { fitModel } from './fit-model.ts'
import { predict } from './predict.ts'
import { expectAccepted } from './refusal.ts'
import { makeSynthetic } from './synthetic.testkit.ts'
import { tasks } from './tasks.ts'

test('every task has its tables, which can be cloned and written as JSON', async () => {
  const tables = { binary: ['lift', 'precision', 'scores'], multiclass: ['classes'], regression: ['residuals'] } as const
  for (const task of ['binary', 'multiclass', 'regression'] as const) {
    const { table, target } = makeSynthetic(task, 400)
    const model = expectAccepted(await fitModel({ trainer: 'linear', table, target, seed: 1 }))
    const prediction = expectAccepted(predict(model, table))
    const { segments, ...found } = tasks.judgeRows(structuredClone({ table, target, prediction }), {})
    expect(Object.entries(found).flatMap(([name, value]) => (value === null ? [] : [name]))).toEqual(tables[task])
    expect(segments.rows).toBe(400)
    expect(JSON.parse(JSON.stringify(found))).toEqual(found)
    expect(structuredClone(segments)).toEqual(segments)
  }
})
