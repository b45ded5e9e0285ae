import { rm } from 'node:fs/promises'
import { rowIdColumn } from '#core/dataset'
import type { Column, Table } from '#core/dataset'
import type { Hash } from '#core/hash'
import type { Blobs, Cancellable } from '#core/ports'
import { sql } from '#core/sql'
import type { Sql } from '#core/sql'
import { storedType } from './stored-type.ts'
import type { Database } from './open-database.ts'
import { quotedName, quotedText } from './quoted-text.ts'
import type { Session } from './session.ts'
import { bindTables } from './bind-tables.ts'

/**
 * Only an ORDER BY makes the bytes a function of the rows: without it, DuckDB cuts row groups where its threads
 * happened to stop. The size of row groups is set because its default may change.
 */
const parquetOptions = 'FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880'

/** A writer of a column holds half a megabyte for its dictionary: too much where there are thousands of columns. */
const wideTable = 500
const wideOptions = ', DICTIONARY_SIZE_LIMIT 100, STRING_DICTIONARY_PAGE_SIZE_LIMIT 10000'

export interface Parts {
  readonly database: Database
  readonly blobs: Blobs
}

export interface Rows {
  /** Yields `row_id` and the columns by their ids. */
  readonly query: Sql
  readonly columns: readonly Column[]
}

/** Has the work write a Parquet file, and moves it into the blobs. */
export async function storeTable(
  parts: Parts,
  write: (session: Session, path: string) => Promise<Omit<Table, 'hash'>>,
  options: Cancellable,
): Promise<Table> {
  const path = parts.database.temporaryPath('parquet')
  try {
    const { rows, columns } = await parts.database.use(options.signal, (session) => write(session, path))
    options.signal.throwIfAborted()
    return { hash: await parts.blobs.putFile(path), rows, columns }
  } finally {
    await rm(path, { force: true })
  }
}

/** Writes the rows, typed and ordered by row id. */
export async function writeRows(
  session: Session,
  { query, columns }: Rows,
  path: string,
): Promise<Omit<Table, 'hash'>> {
  const casts = columns.map((column) => `${storedCast(column)} AS ${quotedName(column.id)}`)
  const list = [`CAST(${rowIdColumn} AS BIGINT) AS ${rowIdColumn}`, ...casts].join(', ')
  const before: Sql = { parts: [`COPY (SELECT ${list} FROM (`], values: [] }
  const after: Sql = {
    parts: [`) AS source ORDER BY ${rowIdColumn}) TO ${quotedText(path)} (${copyOptions(columns.length)})`],
    values: [],
  }
  return { rows: await session.run(sql`${before}${query}${after}`), columns: [...columns] }
}

/** No stored number is infinite or NaN: those are missing, here as everywhere. */
function storedCast(column: Column): string {
  const cast = `CAST(${quotedName(column.id)} AS ${storedType[column.type]})`
  return column.type === 'number' ? `CASE WHEN isfinite(${cast}) THEN ${cast} END` : cast
}

/** Of the number of columns alone, so that equal rows give equal bytes. */
export function copyOptions(columns: number): string {
  return `${parquetOptions}${columns > wideTable ? wideOptions : ''}`
}

/** The port's `materialise`: the query reads stored tables. */
export function materialiseTable(
  parts: Parts,
  request: Rows & { readonly tables: Readonly<Record<string, Hash>> },
  options: Cancellable,
): Promise<Table> {
  const write = async (session: Session, path: string) => {
    await bindTables(session, parts.blobs, request.tables)
    return writeRows(session, request, path)
  }
  return storeTable(parts, write, options)
}
