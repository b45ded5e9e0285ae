import type { Column, ColumnType } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { join, name, sql, text, type Sql } from '#core/sql'
import { cellNumber } from './cell-number.ts'
import type { FitSource } from './step-type.ts'

/** A state is part of the model, so that what it keeps of the rows is bounded. */
export const mostKeptRows = 100_000

/** A column of kept rows. */
export interface KeptColumn {
  readonly id: string
  readonly type: ColumnType
}

/** The rows of a query that a fit keeps; refused where they are too many. */
export async function keptRows(query: Sql, source: FitSource, what: string): Promise<Result<Record<string, Cell>[]>> {
  const [counted] = await source.data.query(sql`select count(*) as rows from (${query}) q`, source)
  const rows = Number(counted?.rows ?? 0)
  if (rows > mostKeptRows) return refuse('CUSTOM_REFUSED', `it would keep ${rows.toLocaleString('en-US')} ${what}, and a model keeps at most ${mostKeptRows.toLocaleString('en-US')}.`)
  return accept(await source.data.query(query, source))
}

const jsonTypes: Readonly<Record<ColumnType, string>> = { text: 'VARCHAR', number: 'DOUBLE', integer: 'BIGINT', boolean: 'BOOLEAN', date: 'VARCHAR', timestamp: 'VARCHAR' }

/** Kept rows as a query again: one JSON parameter, since so many values would be too many parameters. */
export function keptRowsSql(rows: ReadonlyArray<readonly Cell[]>, columns: readonly KeptColumn[]): Sql {
  const structure = JSON.stringify([Object.fromEntries(columns.map((column, i) => [`v${i}`, jsonTypes[column.type]]))])
  const json = JSON.stringify(rows.map((cells) => Object.fromEntries(cells.map((cell, i) => [`v${i}`, cell]))))
  const list = columns.map(({ id, type }, i) => {
    const value = sql`(kept.one).${name(`v${i}`)}`
    return sql`${type === 'date' ? sql`cast(${value} as date)` : type === 'timestamp' ? sql`cast(${value} as timestamp)` : value} as ${name(id)}`
  })
  return sql`select ${join(list)} from (select unnest(from_json(cast(${json} as varchar), ${text(structure)})) as one) kept`
}

/** The key that cells of some columns make; null where one is missing. */
export function keyOf(cells: readonly Cell[], columns: ReadonlyArray<Pick<Column, 'type'>>): string | null {
  const parts = columns.map(({ type }, i) => {
    const cell = cells[i] ?? null
    if (cell === null) return null
    return type === 'text' ? String(cell) : cellNumber(cell, type)
  })
  return parts.includes(null) ? null : JSON.stringify(parts)
}
