import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Column, columnTypeSchema, type Table } from '#core/dataset'
import { orThrow } from '#core/errors'
import { stepSpecSchema } from '#core/pipeline-spec'
import type { Cell } from '#core/ports'
import { name, sql } from '#core/sql'
import { type DataTools, startDataTools } from '../../tests/data-tools.ts'
import { fitSpec, pipelineQuery } from './compile-pipeline.ts'
import { near, storeRows } from './recorded-steps.testkit.ts'
import { rowRunner } from './run-row.ts'

const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])
const recorded = z
  .object({
    version: z.string(),
    tables: z.record(z.string(), z.record(z.string(), z.object({ type: columnTypeSchema, values: z.array(cellSchema) }))),
    cases: z.array(z.object({ table: z.string(), step: stepSpecSchema, columns: z.array(z.string()), made: z.array(z.string()), rows: z.array(z.array(cellSchema)) })),
  })
  .parse(JSON.parse(readFileSync(new URL('../../tests/golden/steps-ordered.json', import.meta.url), 'utf8')))
type Case = (typeof recorded)['cases'][number]

interface Recorded {
  readonly columns: readonly Column[]
  readonly rows: readonly Record<string, Cell>[]
  readonly stored: Table
}

let bench: DataTools
const tables = new Map<string, Recorded>()
beforeAll(async () => {
  bench = await startDataTools()
  for (const [table, cells] of Object.entries(recorded.tables)) {
    const entries = Object.entries(cells)
    const columns = entries.map(([column, { type }], i): Column => ({ id: `c${i}`, name: column, type }))
    const rows = (entries[0]?.[1].values ?? []).map((_, row) => Object.fromEntries(entries.map(([column, { values }]): [string, Cell] => [column, values[row] ?? null])))
    tables.set(table, { columns, rows, stored: await storeRows(bench, columns, rows) })
  }
})
afterAll(() => bench.close())

/** Aggregates of windows are summed in another order there and here. */
const tolerance = 1e-11

function differences(one: Case, rows: readonly Record<string, Cell>[]) {
  const given = tables.get(one.table)?.rows
  return one.rows.flatMap((wanted, i) => {
    return one.made.flatMap((column, j) => {
      const [made, asked] = [rows[i]?.[column] ?? null, wanted[j] ?? null]
      const close = typeof made === 'number' && typeof asked === 'number' && Math.abs(made - asked) < tolerance
      return close || near(made, asked, tolerance) ? [] : [{ column, of: given?.[i], made, asked }]
    })
  })
}

describe(`ordered steps give what xplainable-preprocessing ${recorded.version} gives`, () => {
  test.each(recorded.cases.map((one): [string, Case] => [`${one.step.type} ${JSON.stringify(one.step.params)} ${one.step.columns ?? ''}`, one]))('%s', async (_, one) => {
    const { columns, rows, stored } = tables.get(one.table)!
    const { data, signal } = bench.tools
    const { pipeline, state } = orThrow(await fitSpec({ version: '2.0', steps: [one.step] }, columns, { data, table: name('t'), tables: { t: stored.hash }, signal }))
    expect(pipeline.output.map((column) => column.name)).toEqual(one.columns)
    const answer = await data.query(sql`select * from (${pipelineQuery(pipeline, name('t'), state)}) q order by row_id`, { tables: { t: stored.hash }, signal })
    const inSql = answer.map((cells) => Object.fromEntries(pipeline.output.map((column) => [column.name, cells[column.id] ?? null])))
    expect(differences(one, inSql)).toEqual([])
    if (pipeline.steps.some((step) => step.otherRows !== 'none')) return
    expect(differences(one, rows.map(rowRunner(pipeline, state)))).toEqual([])
  })
})

test('every case was recorded with rows that it made', () => {
  expect(recorded.cases.filter((one) => one.rows.length < 30 || one.made.length === 0)).toEqual([])
})
