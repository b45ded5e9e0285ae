import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { columnTypeSchema, type Column, type ColumnType, type Table } from '#core/dataset'
import { type StepSpec, stepSpecSchema } from '#core/pipeline-spec'
import type { Cell } from '#core/ports'
import { join, name, sql, type Sql } from '#core/sql'
import type { DataTools } from '../../tests/data-tools.ts'
import { fitSpec, pipelineQuery } from './compile-pipeline.ts'
import { rowRunner } from './run-row.ts'

const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])
const caseSchema = z.object({
  step: stepSpecSchema,
  columns: z.array(z.string()),
  /** Columns whose cells are recorded, all where it is not said: those that pass as they are need no recording. */
  shown: z.array(z.string()).optional(),
  /** Every how many rows one is recorded. */
  every: z.int().default(1),
  rows: z.array(z.array(cellSchema)),
  /** How far numbers may lie apart, relative to the larger and to 1; neighbours among the numbers where it is not said. */
  tolerance: z.number().optional(),
})
const tableSchema = z.record(z.string(), z.object({ type: columnTypeSchema, values: z.array(cellSchema) }))
const recordingSchema = z.object({ version: z.string(), table: tableSchema, cases: z.array(caseSchema), large: z.array(caseSchema).optional() })

export type RecordedCase = z.infer<typeof caseSchema>
/** What the package made of a generated table, and the table. */
export interface Recording {
  readonly version: string
  readonly table: z.infer<typeof tableSchema>
  readonly cases: readonly RecordedCase[]
}

/** Reads a recording of tests/golden. */
export function readRecording(file: string): Recording {
  return recordingSchema.parse(JSON.parse(readFileSync(new URL(`../../tests/golden/${file}`, import.meta.url), 'utf8')))
}

/** The cases of a recording on the large table, which is generated here bit for bit as the recording script does. */
export function readLargeRecording(file: string): Recording {
  const { version, large } = recordingSchema.parse(JSON.parse(readFileSync(new URL(`../../tests/golden/${file}`, import.meta.url), 'utf8')))
  return { version, table: largeTable(), cases: large ?? [] }
}

const categories = ['red', 'blue', 'Übergrün', '💥', "it's", 'a"b', 'naïve', 'x;y', '東京', 'red ']

function largeTable(): Recording['table'] {
  let state = 20261
  const unit = (): number => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  const rows = Array.from({ length: 5000 }, () => {
    const [u, v, w, x] = [unit(), unit(), unit(), unit()]
    return {
      skewed: (u * u * u * 1000) / (1.001 - u),
      gaps: v < 0.1 || v > 0.999 ? null : v * 3 - 1,
      ties: Math.floor(w * 9) * 0.5 - 2,
      city: x < 0.02 ? null : (categories[Math.floor(x * x * 10)] ?? null),
      whole: Math.floor(u * v * 1000000),
      constant: 7.125,
    }
  })
  const types = { skewed: 'number', gaps: 'number', ties: 'number', city: 'text', whole: 'integer', constant: 'number' } as const
  return Object.fromEntries(Object.entries(types).map(([column, type]) => [column, { type, values: rows.map((row) => row[column as keyof typeof types]) }]))
}

/** The columns of a recorded table in their order. */
export function recordedColumns({ table }: Recording): Column[] {
  return Object.entries(table).map(([column, { type }], i): Column => ({ id: `c${i}`, name: column, type }))
}

/** The rows of a recorded table by column name. */
export function recordedRows({ table }: Recording): Record<string, Cell>[] {
  const columns = Object.entries(table)
  const count = Math.max(0, ...columns.map(([, { values }]) => values.length))
  return Array.from({ length: count }, (_, row) => Object.fromEntries(columns.map(([column, { values }]): [string, Cell] => [column, values[row] ?? null])))
}

const sqlTypes: Readonly<Record<ColumnType, { sql: Sql; json: string }>> = {
  text: { sql: sql`varchar`, json: '["VARCHAR"]' },
  number: { sql: sql`double`, json: '["DOUBLE"]' },
  integer: { sql: sql`bigint`, json: '["BIGINT"]' },
  boolean: { sql: sql`boolean`, json: '["BOOLEAN"]' },
  date: { sql: sql`date`, json: '["VARCHAR"]' },
  timestamp: { sql: sql`timestamp`, json: '["VARCHAR"]' },
}

function jsonList(cells: readonly Cell[]): string {
  return `[${cells.map((cell) => (Object.is(cell, -0) ? '-0.0' : JSON.stringify(cell))).join(',')}]`
}

/** Stores rows with their types in the real data engine. */
export function storeRows(bench: DataTools, columns: readonly Column[], rows: readonly Readonly<Record<string, Cell>>[]): Promise<Table> {
  const lists = columns.map((column) => {
    const type = sqlTypes[column.type]
    return sql`cast(unnest(from_json(cast(${jsonList(rows.map((row) => row[column.name] ?? null))} as json), ${type.json})) as ${type.sql}) as ${name(column.id)}`
  })
  const query = sql`select ${join([sql`unnest(range(${rows.length})) as row_id`, ...lists])}`
  return bench.tools.data.materialise({ query, tables: {}, columns }, bench.tools)
}

/** A case run by both back ends after a fit by the real data engine; cells by the names of the output columns. */
export interface RanCase {
  readonly columns: readonly string[]
  readonly sql: readonly Record<string, Cell>[]
  readonly row: readonly Record<string, Cell>[]
}

interface RunRequest {
  readonly table: Table
  readonly columns: readonly Column[]
  readonly rows: readonly Readonly<Record<string, Cell>>[]
}

/** Fits steps on a stored table, then runs them as SQL over the table and row by row. */
export async function runSteps(bench: DataTools, steps: readonly StepSpec[], { table, columns, rows }: RunRequest): Promise<RanCase> {
  const tables = { t: table.hash }
  const { data, signal } = bench.tools
  const fitted = await fitSpec({ version: '2.0', steps: [...steps] }, columns, { data, table: name('t'), tables, signal })
  if (!fitted.ok) throw new Error(fitted.refusal.message)
  const { pipeline, state } = fitted.value
  const { output } = pipeline
  const answer = await data.query(sql`select * from (${pipelineQuery(pipeline, name('t'), state)}) q order by row_id`, { tables, signal })
  return {
    columns: output.map((column) => column.name),
    sql: answer.map((cells) => Object.fromEntries(output.map((column) => [column.name, cells[column.id] ?? null]))),
    row: rows.map(rowRunner(pipeline, state)),
  }
}

/** A moment without the zeros that one side writes at the end of its seconds. */
function plainMoment(cell: Cell): Cell {
  return typeof cell === 'string' && /^\d{4}-\d\d-\d\dT.*\.\d+$/u.test(cell) ? cell.replace(/\.?0+$/u, '') : cell
}

/** Equal, or numbers at most the tolerance apart. */
export function near(a: Cell, b: Cell, tolerance?: number): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return plainMoment(a) === plainMoment(b)
  const size = Math.max(Math.abs(a), Math.abs(b))
  return a === b || Math.abs(a - b) <= (tolerance === undefined ? size * Number.EPSILON : Math.max(1, size) * tolerance)
}

/** The cells in which rows differ from the recorded ones. */
export function differences(made: readonly Record<string, Cell>[], one: RecordedCase): unknown[] {
  return one.rows.flatMap((row, i) =>
    (one.shown ?? one.columns).flatMap((column, j) => {
      const [got, wanted] = [made[i * one.every]?.[column] ?? null, row[j] ?? null]
      return near(got, wanted, one.tolerance) ? [] : [{ row: i * one.every, column, made: got, wanted }]
    }),
  )
}
