import { afterAll, beforeAll, expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import type { StepSpec } from '#core/pipeline-spec'
import { orderedColumns } from '#steps/ordered-cases.testkit'
import { type DataTools, startDataTools } from '../../tests/data-tools.ts'
import { checkRows } from './check-rows.ts'
import { checkQuery, sqlFile } from './export-sql.ts'
import { preparingScorer, randomScorer, trainedCases, trainedScorer } from './exports.testkit.ts'
import { openScorer } from './scorer.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

test('the query scores random models as the API', async () => {
  for (let seed = 1; seed <= 30; seed++) {
    const { document, rows } = randomScorer(seed, 60)
    const scorer = orThrow(openScorer(document))
    const checks = checkRows(scorer, rows)
    const [found] = await bench.tools.data.query(orThrow(checkQuery(scorer, checks)), { tables: {}, signal: bench.tools.signal })
    expect(found, `seed ${seed}`).toMatchObject({ rows: checks.length, different_predictions: 0 })
    expect(found?.largest_difference, `seed ${seed}`).toBeLessThan(1e-12)
  }
})

test.each(trainedCases)('the file scores a fitted model as the API: $trainer, $task', async ({ trainer, task }) => {
  const { document, rows } = await trainedScorer(trainer, task)
  const checks = checkRows(orThrow(openScorer(document)), rows)
  const [, verify = ''] = orThrow(sqlFile({ document }, { table: 'raw "rows"', checks })).split(/^-- VERIFY.*$/mu)
  const [found] = await bench.tools.data.query({ parts: [verify.trim().replace(/;$/u, '')], values: [] }, { tables: {}, signal: bench.tools.signal })
  expect(found).toMatchObject({ rows: rows.length, different_predictions: 0 })
  expect(found?.largest_difference).toBeLessThan(1e-12)
})

test('a step that looks at other rows is refused by its name', () => {
  const step: StepSpec = { id: 'lag', type: 'GroupedLagTransformer', params: { columns: ['sales'], group_by: ['shop'], order_by: ['rank'] } }
  const refused = checkQuery({ document: preparingScorer({ version: '2.0', steps: [step] }, orderedColumns, {}) }, [])
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'EXPORT_STEP_UNSAYABLE', detail: { step: 'lag', type: 'GroupedLagTransformer' } } })
})
