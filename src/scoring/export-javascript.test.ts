import { afterAll, beforeAll, expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import type { PipelineSpec, StepSpec } from '#core/pipeline-spec'
import type { Cell } from '#core/ports'
import { fittedCases } from '#steps/fitted-cases.testkit'
import { keptCases, orderedColumns } from '#steps/ordered-cases.testkit'
import { near } from '#steps/recorded-steps.testkit'
import { caseColumns, stepCases } from '#steps/step-cases.testkit'
import { type DataTools, startDataTools } from '../../tests/data-tools.ts'
import { type CheckRow, checkRows } from './check-rows.ts'
import { javascriptModule } from './export-javascript.ts'
import { caseRows, fittedState, orderedRows, preparedByApi, preparingScorer, randomScorer, titleOf, trainedCases, trainedScorer } from './exports.testkit.ts'
import type { RawRow } from './row-reader.ts'
import { openScorer } from './scorer.ts'
import type { ScorerDocument } from './scorer-schema.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

interface Module {
  score(row: RawRow): Record<string, unknown>
  prepare(row: RawRow): Record<string, unknown>
  verify(): { rows: number; largest_difference: number; different_predictions: number }
  schema: { columns: readonly unknown[] }
}

async function moduleOf(document: ScorerDocument, checks: readonly CheckRow[] = []): Promise<Module> {
  const text = orThrow(javascriptModule({ document }, checks))
  return import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`)
}

/** The first cells that the module prepares otherwise than the API. */
async function apartOf(document: ScorerDocument, rows: readonly RawRow[]): Promise<unknown[]> {
  const { prepare } = await moduleOf(document)
  const byApi = preparedByApi(document)
  const apart = rows.flatMap((row) => {
    const [ours, theirs] = [prepare(row), byApi(row)]
    return Object.entries(theirs).flatMap(([column, cell]) => (near((ours[column] ?? null) as Cell, cell, 1e-12) ? [] : [{ column, row, ours: ours[column], theirs: cell }]))
  })
  return apart.slice(0, 3)
}

test.each([...stepCases, ...fittedCases].map((spec): [string, StepSpec] => [titleOf(spec), spec]))('the module prepares as the API: %s', async (_, step) => {
  const spec: PipelineSpec = { version: '2.0', steps: [step] }
  const state = fittedCases.includes(step) ? await fittedState(bench, spec, { columns: caseColumns, rows: caseRows(1, 60) }) : {}
  const document = preparingScorer(spec, caseColumns, state)
  expect(await apartOf(document, caseRows(2, 400))).toEqual([])
})

test.each([...keptCases].map((spec): [string, StepSpec] => [titleOf(spec), spec]))('the module prepares as the API: %s', async (_, step) => {
  const rows = orderedRows(3, 120)
  const state = await fittedState(bench, { version: '2.0', steps: [step] }, { columns: orderedColumns, rows })
  const document = preparingScorer({ version: '2.0', steps: [step] }, orderedColumns, state)
  expect(await apartOf(document, orderedRows(4, 300))).toEqual([])
})

test('a step that looks at other rows is refused by its name', () => {
  const step: StepSpec = { id: 'lag', type: 'GroupedLagTransformer', params: { columns: ['sales'], group_by: ['shop'], order_by: ['rank'] } }
  const refused = javascriptModule({ document: preparingScorer({ version: '2.0', steps: [step] }, orderedColumns, {}) }, [])
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'EXPORT_STEP_UNSAYABLE', detail: { step: 'lag', type: 'GroupedLagTransformer' } } })
})

test('the module scores random models as the API, part by part', async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const { document, rows } = randomScorer(seed, 60)
    const scorer = orThrow(openScorer(document))
    const checks = checkRows(scorer, rows)
    const module = await moduleOf(document, checks)
    const found = module.verify()
    expect(found, `seed ${seed}`).toMatchObject({ rows: 60, different_predictions: 0 })
    expect(found.largest_difference, `seed ${seed}`).toBeLessThan(1e-12)
    for (const { row } of checks.slice(0, 10)) {
      const said = module.score(row) as { score: number; base_value: number; contributions: { value: number }[] }
      expect(said.contributions.reduce((sum, one) => sum + one.value, said.base_value)).toBe(said.score)
    }
  }
})

test.each(trainedCases)('the module scores a fitted model as the API: $trainer, $task', async ({ trainer, task }) => {
  const { document, rows } = await trainedScorer(trainer, task)
  const checks = checkRows(orThrow(openScorer(document)), rows)
  const found = (await moduleOf(document, checks)).verify()
  expect(found).toMatchObject({ rows: rows.length, different_predictions: 0 })
  expect(found.largest_difference).toBeLessThan(1e-12)
})
