import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Table } from '#core/dataset'
import { name, sql } from '#core/sql'
import { pipelineQuery } from '#steps/compile-pipeline'
import { pipelineGraph, pipelineLineage } from '#steps/pipeline-graph'
import { stepTypes } from '#steps/registry'
import { rowRunner } from '#steps/run-row'
import { stepSamples, type SampleNames } from '#steps/step-samples.testkit'
import { trySpec } from '#steps/try-spec'
import { previewSteps } from '#service/preview-steps'
import { SignalboxError } from '#core/errors'
import { startDataTools, type DataTools } from './data-tools.ts'
import { csvOf, type GeneratedColumn } from './generate-table.ts'
import { endOf, openTestHouse, type TestHouse } from './house.testkit.ts'

/** Quotes of all kinds, SQL, emoji, 300 characters, names that differ only in case, blanks, members of every object, repeats and none. */
const hostile = [
  `it's "quoted"`, '"; drop table t; --', '👩‍👧 💥', 'x'.repeat(300), 'select', 'SELECT', 'row_id', 'c0', '__proto__', 'constructor', ' a  b ', 'a,b\nc', '$1', '%s {0} \u0024{x}', 'twice', 'twice', '', '', 'ÄÖ\u00a0ß', 'NULL', '`tick`', 'back\\slash',
] as const
const kinds = ['text', 'other', 'number', 'integer', 'boolean', 'day', 'moment'] as const

const cellsOf: Record<(typeof kinds)[number], (row: number) => string> = {
  text: (row) => ['red', 'blue', 'none'][row % 3] ?? '',
  other: (row) => `${row},${100 + row} EUR`,
  number: (row) => (row % 7 === 0 ? '' : String(row / 4)),
  integer: (row) => String(row + 1),
  boolean: (row) => (row % 2 === 0 ? 'true' : 'false'),
  day: (row) => `2024-03-${String(1 + (row % 28)).padStart(2, '0')}`,
  moment: (row) => `2024-03-${String(1 + (row % 28)).padStart(2, '0')}T${String(row % 24).padStart(2, '0')}:30:00`,
}

/** The kinds of column under names from this place on. */
function columnsFrom(start: number): GeneratedColumn[] {
  return kinds.map((kind, i) => ({ name: hostile[(start + i) % hostile.length] ?? '', cells: Array.from({ length: 40 }, (_, row) => cellsOf[kind](row) || null) }))
}

let bench: DataTools
const tables: Table[] = []
beforeAll(async () => {
  bench = await startDataTools()
  for (const start of [0, 7, 14, 18]) tables.push(await bench.read(columnsFrom(start)))
})
afterAll(() => bench.close())

function namesIn({ columns }: Table): SampleNames {
  const named = Object.fromEntries(kinds.map((kind, i) => [kind, columns[i]?.name ?? '']))
  return named as unknown as SampleNames
}

test('every step type has a sample to be taken through hostile names', () => {
  const without = [...stepTypes.keys()].filter((type) => stepSamples[type] === undefined)
  expect(without, 'add a line for these types to src/steps/step-samples.testkit.ts').toEqual([])
})

/** A tick inside a quoted name ends it, in this language as in the package's: such a column has to be renamed first. */
const unwritable = (type: string, names: SampleNames) => type === 'ExpressionTransformer' && [names.text, names.number, names.integer].some((one) => one.includes('`'))

describe.each([...stepTypes.keys()].filter((type) => stepSamples[type] !== undefined))('%s', (type) => {
  test('is bound, fitted, run, previewed and traced whatever the columns are called', async () => {
    for (const table of tables) {
      const names = namesIn(table)
      const sample = stepSamples[type]?.(names)
      if (sample === undefined || unwritable(type, names)) continue
      const rows = { data: bench.tools.data, tables: { t: table.hash }, signal: bench.tools.signal, table: name('t'), count: table.rows, total: table.rows }
      const tried = await trySpec({ version: '2.0', steps: [{ id: `"; -- 💥 ${type}`, type, ...sample }] }, table.columns, rows)
      expect(tried.steps.map(({ fault }) => fault)).toEqual([null])
      const { pipeline, state } = tried
      const found = await bench.tools.data.query(sql`select * from (${pipelineQuery(pipeline, name('t'), state)}) q order by row_id`, rows)
      expect(found).toHaveLength(40)
      const outputs = pipeline.output.map((column) => column.name)
      expect(new Set(outputs).size).toBe(outputs.length)
      checkAlone(tried, table)
      const [shown] = await previewSteps(tried, rows)
      expect(shown).toMatchObject({ error: null, rows_before: 40, rows_after: 40 })
      const inputs = table.columns.map((column) => column.name)
      for (const { from, to, steps } of pipelineLineage(pipeline)) {
        expect(inputs).toContain(from)
        expect(outputs).toContain(to)
        for (const { text } of steps) expect(text).not.toBe('')
      }
      expect(pipelineGraph(pipeline).edges.at(-1)?.target).toBe('model_input')
    }
  }, 60_000)
})

/** A row alone comes out with the same columns, unless the step says that it cannot be worked out alone. */
function checkAlone({ pipeline, state }: Awaited<ReturnType<typeof trySpec>>, table: Table): void {
  try {
    const out = rowRunner(pipeline, state)(Object.fromEntries(table.columns.map((column) => [column.name, null])))
    expect(Object.keys(out)).toEqual(pipeline.output.map((column) => column.name))
  } catch (error) {
    if (!(error instanceof SignalboxError)) throw error
  }
}

describe('a run on a table of hostile names', () => {
  let at: TestHouse
  beforeAll(async () => {
    at = await openTestHouse()
  })
  afterAll(() => at.close())

  test('goes through every phase, and its graph, lineage and predictions hold them', async () => {
    const label = '"; drop table run; --'
    const rows = Array.from({ length: 250 }, (_, i) => ({ a: (i * 7919) % 1013, b: (i * 104_729) % 53 }))
    const noise = hostile.map((one, place) => ({ name: one === label ? 'other label' : one, cells: rows.map((_, i) => String((i * (31 + place * 12)) % 97)) }))
    const columns: GeneratedColumn[] = [
      { name: label, cells: rows.map(({ a, b }) => (a / 1013 + b / 53 > 1 ? `it's "yes"` : '💥')) },
      { name: `'the' "price" 💰`, cells: rows.map(({ a }) => `$${a}.5`) }, { name: '1', cells: rows.map(({ b }) => String(b)) }, ...noise.filter((column) => column.name !== '"; drop table t; --'),
    ]
    const dataset_id = await at.upload(csvOf(columns))
    const { run_id } = await at.client.agentic.startRun({ model_name: label, auto_mode: true, auto_deploy: true, dataset_id, target: label, test: { index: [5, 4] } })
    const run = await endOf(at.client, run_id)
    expect(run).toMatchObject({ status: 'completed', label, error: null })
    expect((await at.client.agentic.getPhases(run_id)).map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 'completed'))
    const { columns: traced, prediction } = await at.client.agentic.getColumnLineage(run_id, { row: 3 })
    expect(traced.filter(({ type }) => type === 'raw').length).toBe(columns.length)
    expect(prediction?.row).toBe(3)
    expect((await at.client.agentic.getPreprocessingDag(run_id)).nodes.length).toBeGreaterThan(2)
    expect((await at.client.agentic.getOpenLineage(run_id)).outputs).toHaveLength(2)
    const { deploy_key } = await at.client.deployments.createDeployKey({ deployment_id: run.results.deployment_id ?? '', description: label })
    const sample = await at.client.datasets.preview(dataset_id, { rows: 5 })
    expect(await at.client.predict(sample, { deployKey: deploy_key })).toHaveLength(5)
  }, 180_000)
})
