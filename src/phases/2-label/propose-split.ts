import type { Split } from '#core/outcomes'
import type { TestRows } from '#core/run-settings'
import { nameParts } from '#core/query-tokens'
import { name, sql } from '#core/sql'
import type { Table } from '#core/dataset'
import type { Cancellable, DataEngine } from '#core/ports'
import type { ColumnFacts } from './schema.ts'

/** How the sealed rows would be chosen, and why. */
export interface SplitProposal {
  readonly split: Split
  readonly text: string
  /** Other splits that the table allows, in sentences. */
  readonly others: readonly string[]
}

const keyWords = new Set(['id', 'ids', 'uuid', 'guid', 'key', 'identifier'])

interface SplitRequest extends Cancellable {
  readonly data: DataEngine
  readonly table: Table
  readonly columns: readonly ColumnFacts[]
  readonly test: TestRows
}

/** By index where the run says so; by group where a key repeats; by time where the rows are in its order; else at random. */
export async function proposeSplit(request: SplitRequest): Promise<SplitProposal> {
  const { test, columns, table } = request
  if ('index' in test) {
    return { split: { kind: 'index', column: null, test }, text: `The rows whose zero-based index among labelled rows is ${test.index[1]} modulo ${test.index[0]} are sealed, as the run was started.`, others: [] }
  }
  const share = `${Math.round(test.share * 100)} %`
  const keys = columns.filter((column) => isRepeatedKey(column, table.rows))
  const times = columns.filter((column) => (column.type === 'timestamp' || column.type === 'date') && column.distinct >= 20)
  const ordered = await inOrder(request, times)
  const others = [
    ...keys.slice(1).map((column) => `Rows of one "${column.name}" can be kept together: split {"kind": "group", "column": ${JSON.stringify(column.name)}}.`),
    ...times.filter((column) => column !== ordered).map((column) => `The latest rows by "${column.name}" can be sealed: split {"kind": "time", "column": ${JSON.stringify(column.name)}}.`),
  ]
  const [key] = keys
  if (key !== undefined) {
    return { split: { kind: 'group', column: key.id, test }, text: `About ${share} of the rows are sealed by "${key.name}": its ${key.distinct.toLocaleString('en-US')} values repeat, and all rows of one stay on one side.`, others }
  }
  if (ordered !== null) {
    return { split: { kind: 'time', column: ordered.id, test }, text: `The latest ${share} of the rows by "${ordered.name}" are sealed: the rows are in its order, so the model is tested on rows after those it learnt from.`, others }
  }
  return { split: { kind: 'random', column: null, test }, text: `${share} of the rows are sealed at random (seed ${test.seed}), alike in every class or tenth of the label; copies stay together.`, others }
}

/** A key by its name that stands on several rows, for many groups. */
export function isRepeatedKey(column: ColumnFacts, rows: number): boolean {
  const parts = nameParts(column.name)
  const named = keyWords.has(parts.at(-1) ?? '')
  const valued = rows - column.missing
  return named && (column.type === 'text' || column.type === 'integer') && column.missing === 0 && column.distinct >= 20 && column.distinct >= valued * 0.01 && column.distinct <= valued * 0.8
}

/** The first time column whose order the rows of the file follow on at least 99 %. */
async function inOrder(request: SplitRequest, times: readonly ColumnFacts[]): Promise<ColumnFacts | null> {
  for (const column of times) {
    const cell = name(column.id)
    const query = sql`select count(*) as row_count, sum(case when value < before then 1 else 0 end) as falls from (select ${cell} as value, lag(${cell}) over (order by row_id) as before from t where ${cell} is not null) o`
    const [row] = await request.data.query(query, { tables: { t: request.table.hash }, signal: request.signal })
    if (Number(row?.falls ?? 0) <= Number(row?.row_count ?? 0) * 0.01) return column
  }
  return null
}
