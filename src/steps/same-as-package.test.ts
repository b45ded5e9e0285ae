import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { columnTypeSchema, type Column } from '#core/dataset'
import { stepSpecSchema } from '#core/pipeline-spec'
import type { Cell } from '#core/ports'
import { compilePipeline } from './compile-pipeline.ts'
import { foldText } from './fold-text.ts'
import { rowRunner } from './run-row.ts'

const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])
const recorded = z
  .object({
    version: z.string(),
    table: z.record(z.string(), z.object({ type: columnTypeSchema, values: z.array(cellSchema) })),
    cases: z.array(z.object({ step: stepSpecSchema, columns: z.array(z.string()), rows: z.array(z.array(cellSchema)) })),
  })
  .parse(JSON.parse(readFileSync(new URL('../../tests/golden/steps.json', import.meta.url), 'utf8')))

const columns = Object.entries(recorded.table).map(([name, { type }], i): Column => ({ id: `c${i}`, name, type }))
const rows = Array.from({ length: recorded.table.text?.values.length ?? 0 }, (_, row) =>
  Object.fromEntries(Object.entries(recorded.table).map(([name, { values }]): [string, Cell] => [name, values[row] ?? null])),
)

/** Equal, or neighbours among the numbers. */
function near(a: Cell, b: Cell): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b
  return a === b || Math.abs(a - b) <= Math.abs(a) * Number.EPSILON
}

describe(`the steps give what xplainable-preprocessing ${recorded.version} gives`, () => {
  test.each(recorded.cases.map((one): [string, (typeof recorded.cases)[number]] => [`${one.step.type} ${JSON.stringify(one.step.params)} ${one.step.columns ?? ''}`, one]))('%s', (_, one) => {
    const pipeline = compilePipeline({ version: '2.0', steps: [one.step] }, columns)
    if (!pipeline.ok) throw new Error(pipeline.refusal.message)
    expect(pipeline.value.output.map((column) => column.name)).toEqual(one.columns)
    const run = rowRunner(pipeline.value)
    const different = rows.slice(0, one.rows.length).flatMap((row, i) => {
      const made = run(row)
      return one.columns.flatMap((column, j) => (near(made[column] ?? null, one.rows[i]?.[j] ?? null) ? [] : [{ column, of: row, made: made[column], wanted: one.rows[i]?.[j] }]))
    })
    expect(different).toEqual([])
  })
})

test('every case was recorded with rows', () => {
  expect(recorded.cases.filter((one) => one.rows.length < 50)).toEqual([])
})

test('folding knows letters that become two, and keeps the dotless i apart', () => {
  expect(foldText('STRAẞE ﬁ K ſ ΣΑΣ ı')).toBe('strasse fi k s σασ ı')
})
