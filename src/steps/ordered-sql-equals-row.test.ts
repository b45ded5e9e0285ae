import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Table } from '#core/dataset'
import { orThrow } from '#core/errors'
import type { StepSpec } from '#core/pipeline-spec'
import type { Cell } from '#core/ports'
import { name, sql } from '#core/sql'
import { type DataTools, startDataTools } from '../../tests/data-tools.ts'
import { compilePipeline, fitPipeline, type Pipeline, pipelineQuery, type PipelineState } from './compile-pipeline.ts'
import { acrossCases, historyCases, keptCases, orderedColumns } from './ordered-cases.testkit.ts'
import { near, storeRows } from './recorded-steps.testkit.ts'
import { rowRunner } from './run-row.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

type Cells = Record<string, Cell>

const option = <T>(from: fc.Arbitrary<T>) => fc.option(from, { freq: 6 })
const hour = fc.integer({ min: 0, max: 30 }).map((hours) => new Date(Date.UTC(2024, 1, 28, 20 + hours)).toISOString().slice(0, 19))
const row: fc.Arbitrary<Cells> = fc.record({
  shop: option(fc.constantFrom('a', 'b', 'Ü "x"')),
  'desk; "1" 💥': option(fc.constantFrom(1, 12)),
  rank: option(fc.constantFrom(0.5, 1, 2.25, -0)),
  moment: option(hour),
  day: option(hour.map((text) => text.slice(0, 10))),
  sales: option(fc.constantFrom(1.5, 20, -3.25, 0, 100, 7.125)),
  open: option(fc.boolean()),
  note: option(fc.constantFrom('holiday', '', 'Zoo', '💥')),
})
const rows = fc.array(row, { minLength: 25, maxLength: 40 })

async function runInSql(pipeline: Pipeline, table: Table, state: PipelineState): Promise<Cells[]> {
  const { data, signal } = bench.tools
  const answer = await data.query(sql`select * from (${pipelineQuery(pipeline, name('t'), state)}) q order by row_id`, { tables: { t: table.hash }, signal })
  return answer.map((cells) => Object.fromEntries(pipeline.output.map((column) => [column.name, cells[column.id] ?? null])))
}

interface Fitted {
  readonly pipeline: Pipeline
  readonly state: PipelineState
}

async function fitted(spec: StepSpec, table: Table): Promise<Fitted> {
  const pipeline = orThrow(compilePipeline({ version: '2.0', steps: [spec] }, orderedColumns))
  const { data, signal } = bench.tools
  return { pipeline, state: orThrow(await fitPipeline(pipeline, { data, table: name('t'), tables: { t: table.hash }, signal })) }
}

/** Sums of a window run in another order in SQL, so that their last digits differ. */
function same(made: readonly Cells[], wanted: readonly Cells[]): void {
  const different = made.flatMap((cells, i) => Object.entries(cells).flatMap(([column, cell]) => (alike(cell, wanted[i]?.[column] ?? null) ? [] : [{ column, cell, wanted: wanted[i] }])))
  expect(different).toEqual([])
  expect(made.length).toBe(wanted.length)
}

function alike(a: Cell, b: Cell): boolean {
  return near(a, b, 1e-12) || (typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) < 1e-12)
}

const named = (cases: readonly StepSpec[]) => cases.map((spec): [string, StepSpec] => [`${spec.type} ${JSON.stringify(spec.params)}`, spec])

test.each(named(keptCases))('fitted on some rows, SQL and row give equal results on others: %s', async (_, spec) => {
  await fc.assert(
    fc.asyncProperty(rows, rows, async (first, second) => {
      const { pipeline, state } = await fitted(spec, await storeRows(bench, orderedColumns, first))
      same(await runInSql(pipeline, await storeRows(bench, orderedColumns, second), state), second.map(rowRunner(pipeline, state)))
    }),
    { numRuns: 4, seed: 20261 },
  )
})

test.each(named(historyCases))('a row that comes alone finds the same history in SQL and in JavaScript: %s', async (_, spec) => {
  await fc.assert(
    fc.asyncProperty(rows, fc.array(row, { minLength: 6, maxLength: 6 }), async (first, later) => {
      fc.pre(first.some((cells) => cells.moment !== null && cells.day !== null && cells.shop !== null && cells['desk; "1" 💥'] !== null && cells.open !== null))
      const { pipeline, state } = await fitted(spec, await storeRows(bench, orderedColumns, first))
      const alone = await Promise.all(later.map(async (cells) => runInSql(pipeline, await storeRows(bench, orderedColumns, [cells]), state)))
      same(alone.flat(), later.map(rowRunner(pipeline, state)))
    }),
    { numRuns: 4, seed: 20262 },
  )
})

test('the history carries a series on from where the fitted rows end', async () => {
  const hourly = (hours: number, sales: number | null): Cells => ({ shop: 'a', moment: `2024-02-28T${String(hours).padStart(2, '0')}:00:00`, sales })
  const [spec] = historyCases
  const one: StepSpec = { ...spec!, params: { time_column: 'moment', columns: ['sales'], lags: ['1h'], windows: ['3h'], group_by: ['shop'] } }
  const { pipeline, state } = await fitted(one, await storeRows(bench, orderedColumns, [0, 1, 2, 3, 4].map((hours) => hourly(hours, hours * 10))))
  expect(rowRunner(pipeline, state)(hourly(5, null))).toMatchObject({ sales_lag_1h: 40, sales_mean_3h: 30 })
  expect(rowRunner(pipeline, state)(hourly(9, null))).toMatchObject({ sales_lag_1h: null, sales_mean_3h: null })
})

/** What the package does, row by row and without any hurry. */
/** Each gap takes what the nearest row before or behind has that has something. */
function filled(spec: StepSpec, table: readonly Cells[]): Cells[] {
  const own = spec.params.strategies as Record<string, string>
  return table.map((cells, i) => Object.fromEntries(Object.entries(cells).map(([column, cell]) => {
    const strategy = own[column] ?? spec.params.default
    const near = strategy === 'bfill' ? table.slice(i) : table.slice(0, i + 1).reverse()
    return [column, cell ?? near.find((other) => other[column] !== null)?.[column] ?? null]
  })))
}

function naive(spec: StepSpec, table: readonly Cells[]): Cells[] {
  if (spec.type === 'FillMissingTransformer') return filled(spec, table)
  const groups = listOf(spec.params.group_by)
  const keys = listOf(spec.params.order_by)
  const order = table.map((_, i) => i).sort((a, b) => keys.reduce((sooner, key) => sooner || compare(table[a]![key]!, table[b]![key]!), 0) || a - b)
  const next = table.map((cells): Cells => ({ ...cells }))
  for (const i of order) {
    const mine = order.filter((j) => groups.every((group) => table[i]![group] !== null && table[i]![group] === table[j]![group]))
    const place = mine.indexOf(i)
    for (const column of listOf(spec.params.columns)) {
      if (spec.type === 'GroupedLagTransformer') {
        for (const period of (spec.params.periods as number[] | undefined) ?? [1]) next[i]![`${column}_lag_${period}`] = place < 0 ? null : (table[mine[place - period] ?? -1]?.[column] ?? null)
        continue
      }
      const { window, closed, shift, operation, min_periods } = spec.params as { window: number; closed: string; shift: number; operation: string; min_periods: number }
      const at = place - shift
      const from = Math.max(0, at - window + (closed === 'right' || closed === 'neither' ? 1 : 0))
      const to = at + (closed === 'right' || closed === 'both' ? 1 : 0)
      const within = place < 0 || at < 0 ? null : mine.slice(from, Math.max(from, to)).map((j) => table[j]![column] ?? null)
      next[i]![`${column}_rolling_${operation}_${window}${closed === 'right' ? '' : `_${closed}`}${shift === 0 ? '' : `_shift${shift}`}`] = within === null ? null : aggregated(within, operation, min_periods)
    }
  }
  return next
}

const listOf = (given: unknown): string[] => (given === null || given === undefined ? [] : Array.isArray(given) ? given : [String(given)])
const compare = (a: Cell, b: Cell): number => (a === null || b === null ? Number(a === null) - Number(b === null) : a < b ? -1 : a > b ? 1 : 0)

function aggregated(cells: readonly Cell[], operation: string, least: number): number | null {
  const values = cells.filter((cell) => cell !== null).map(Number)
  if (operation === 'count') return cells.length < least ? null : values.length
  if (values.length < least) return null
  const sum = values.reduce((all, value) => all + value, 0)
  if (operation === 'sum') return sum
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const mean = sum / values.length
  if (operation === 'mean') return mean
  if (operation === 'min' || operation === 'max') return sorted.at(operation === 'min' ? 0 : -1)!
  if (operation === 'median') return (sorted[(values.length - 1) >> 1]! + sorted[values.length >> 1]!) / 2
  return values.length < 2 ? null : Math.sqrt(values.reduce((all, value) => all + (value - mean) ** 2, 0) / (values.length - 1))
}

test.each(named(acrossCases))('SQL takes the same other rows as a search by hand: %s', async (_, spec) => {
  await fc.assert(
    fc.asyncProperty(rows, async (table) => {
      const stored = await storeRows(bench, orderedColumns, table)
      const { pipeline, state } = await fitted(spec, stored)
      same(await runInSql(pipeline, stored, state), naive(spec, table))
    }),
    { numRuns: 2, seed: 20263 },
  )
})

describe('a row alone', () => {
  const rowOf = (spec: StepSpec) => rowRunner(orThrow(compilePipeline({ version: '2.0', steps: [spec] }, orderedColumns)))

  test.each(named(acrossCases))('is refused with the reason where its values are those of other rows: %s', (_, spec) => {
    expect(() => rowOf(spec)({ sales: 1 })).toThrow('A row that comes alone cannot be prepared')
  })

  test('is refused where no history was kept', () => {
    const [spec] = historyCases
    expect(() => rowOf({ ...spec!, params: { ...spec!.params, keep_history: false } })({ sales: 1 })).toThrow('keep_history is false')
  })
})
