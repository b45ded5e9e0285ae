import { setImmediate } from 'node:timers/promises'
import type { DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api'
import type { Table } from '#core/dataset'
import type { Cancellable } from '#core/ports'
import { join, name, sql } from '#core/sql'
import type { Sql } from '#core/sql'
import { csvField, rowParts } from './csv-text.ts'
import type { Parts } from './materialise-table.ts'
import type { Session } from './session.ts'
import { storedSource } from './bind-tables.ts'

/**
 * Row ids covered in one turn, as many as a row group holds: between turns a slow reader holds no place in the queue,
 * and each row group is read once or twice.
 */
const idsATurn = 122_880

/** The table as CSV text, header first. */
export async function* writeCsv(parts: Parts, table: Table, options: Cancellable): AsyncGenerator<string> {
  yield `${table.columns.map((column) => csvField(column.name)).join(',')}\n`
  const list = join([name('row_id'), ...rowParts(table.columns)])
  let next: number | undefined = 0
  while (next !== undefined) {
    const page: Page = await nextPage(parts, { table, list, from: next }, options)
    yield* page.texts
    next = page.next
  }
}

interface Page {
  readonly texts: string[]
  /** The row id that follows; row ids of a table may have gaps. */
  readonly next: number | undefined
}

function nextPage(
  parts: Parts,
  request: { table: Table; list: Sql; from: number },
  options: Cancellable,
): Promise<Page> {
  const { table, list, from } = request
  const to = from + idsATurn
  return parts.database.use(options.signal, async (session) => {
    const source = await storedSource(parts.blobs, table.hash)
    const answer = await session.stream(
      sql`SELECT ${list} FROM ${source} AS stored WHERE row_id >= ${from} AND row_id < ${to} ORDER BY row_id`,
    )
    const texts: string[] = []
    for await (const chunk of answer.chunks) texts.push(await chunkText(chunk))
    return { texts, next: await firstRowFrom(session, source, to) }
  })
}

async function firstRowFrom(session: Session, source: Sql, from: number): Promise<number | undefined> {
  const answer = await session.stream(sql`SELECT min(row_id) FROM ${source} AS stored WHERE row_id >= ${from}`)
  let first: number | undefined
  for await (const chunk of answer.chunks) first = Number(chunk.getColumnVector(0).getItem(0) ?? Number.NaN)
  return Number.isNaN(first) ? undefined : first
}

/** Cells between two turns of the event loop. */
const cellsAStep = 20_000

/** A row that would be a blank line gets quotes, since readers pass over blank lines. */
async function chunkText(chunk: DuckDBDataChunk): Promise<string> {
  const columns = Array.from({ length: chunk.columnCount - 1 }, (_, i) => chunk.getColumnVector(i + 1))
  const rowsAStep = Math.ceil(cellsAStep / Math.max(1, columns.length))
  let text = ''
  for (let row = 0; row < chunk.rowCount; row += 1) {
    if (row % rowsAStep === rowsAStep - 1) await setImmediate()
    let line = ''
    columns.forEach((column, i) => {
      line += i === 0 ? partText(column.getItem(row)) : `,${partText(column.getItem(row))}`
    })
    text += `${line === '' ? '""' : line}\n`
  }
  return text
}

function partText(value: DuckDBValue): string {
  return value === null ? '' : String(value)
}
