import { rowIdColumn, type Column, type Table } from '#core/dataset'
import { join, name, sql } from '#core/sql'
import type { MissingAnswer } from '#wire/dataset'
import type { ServiceInput } from './ports.ts'

/** Columns that one query counts. */
const columnsAtOnce = 200

/** Counts the values of every column in groups of rows that follow each other; no more groups than rows. */
export async function missingByGroup({ data }: Pick<ServiceInput, 'data'>, table: Table, groups: number): Promise<MissingAnswer> {
  const parts = Math.min(groups, table.rows)
  const sizes: number[] = []
  const columns: MissingAnswer['columns'] = []
  for (let from = 0; from < table.columns.length && parts > 0; from += columnsAtOnce) {
    const counted = table.columns.slice(from, from + columnsAtOnce)
    const rows = await countValues({ data, table, counted }, parts)
    if (from === 0) sizes.push(...rows.map((row) => Number(row.row_count)))
    for (const [i, column] of counted.entries()) {
      const gaps = rows.map((row) => Number(row.row_count) - Number(row[`n${i}`]))
      columns.push({ name: column.name, missing: gaps.reduce((sum, gap) => sum + gap, 0), shares: gaps.map((gap, group) => gap / (sizes[group] ?? 1)) })
    }
  }
  return { rows: table.rows, groups: sizes, columns: parts === 0 ? table.columns.map((column) => ({ name: column.name, missing: 0, shares: [] })) : columns }
}

interface Counting {
  readonly data: ServiceInput['data']
  readonly table: Table
  readonly counted: readonly Column[]
}

function countValues({ data, table, counted }: Counting, parts: number) {
  const counts = join(counted.map((column, i) => sql`count(${name(column.id)}) as ${name(`n${i}`)}`))
  const group = sql`floor(cast(${name(rowIdColumn)} as double) * ${parts} / ${table.rows})`
  return data.query(sql`select ${group} as part, count(*) as row_count, ${counts} from t group by 1 order by 1`, { tables: { t: table.hash }, signal: new AbortController().signal })
}
