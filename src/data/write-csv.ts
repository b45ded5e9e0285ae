import { DuckDBTimestampValue } from '@duckdb/node-api'
import type { DuckDBValue } from '@duckdb/node-api'
import type { Table } from '#core/dataset'
import type { Cancellable, Cell } from '#core/ports'
import { sql } from '#core/sql'
import type { Sql } from '#core/sql'
import { csvRow } from './csv-text.ts'
import { isoTimestamp } from './iso-text.ts'
import type { Parts } from './materialise-table.ts'
import { plainCell } from './plain-cell.ts'
import { quotedName } from './quoted-text.ts'
import { bindTables } from './table-views.ts'

/** Rows fetched in one turn: between turns a slow reader holds no place in the queue. */
const rowsATurn = 20_000

/** The table as CSV text, header first. */
export async function* writeCsv(parts: Parts, table: Table, options: Cancellable): AsyncGenerator<string> {
  yield csvRow(table.columns.map((column) => column.name))
  let after = -1
  for (let rows = 0; rows < table.rows; ) {
    const page = await nextPage(parts, { table, after }, options)
    yield* page.texts
    if (page.rows === 0) return
    rows += page.rows
    after = page.last
  }
}

interface Page {
  readonly texts: string[]
  readonly rows: number
  readonly last: number
}

/** From one row id to the next, since a table may have gaps: the row groups before are not even read. */
function nextPage(parts: Parts, from: { table: Table; after: number }, options: Cancellable): Promise<Page> {
  const { table, after } = from
  return parts.database.use(options.signal, async (session) => {
    await bindTables(session, parts.blobs, { source_table: table.hash })
    const list = ['row_id', ...table.columns.map((column) => quotedName(column.id))].join(', ')
    const answer = await session.stream(sql`SELECT ${verbatim(list)} FROM source_table WHERE row_id > ${after} ORDER BY row_id LIMIT ${rowsATurn}`)
    const texts: string[] = []
    let rows = 0
    let last = after
    for await (const chunk of answer.chunks) {
      const cells = chunk.convertRows(csvCell)
      texts.push(cells.map((row) => csvRow(row.slice(1))).join(''))
      rows += cells.length
      last = Number(cells.at(-1)?.[0] ?? last)
    }
    return { texts, rows, last }
  })
}

function verbatim(text: string): Sql {
  return { parts: [text], values: [] }
}

/** Times are written with a blank between day and time, as most files have them. */
function csvCell(value: DuckDBValue): Cell {
  return value instanceof DuckDBTimestampValue && value.isFinite ? isoTimestamp(value.micros, ' ') : plainCell(value)
}
