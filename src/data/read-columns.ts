import type { Hash } from '#core/hash'
import type { Blobs, Cancellable, ColumnRequest, Values } from '#core/ports'
import { join, name, sql } from '#core/sql'
import type { Sql } from '#core/sql'
import { readLevels } from './read-levels.ts'
import type { Levels } from './read-levels.ts'
import { numberExpression } from './number-expression.ts'
import type { Database } from './open-database.ts'
import type { Session } from './session.ts'
import { storedSource } from './bind-tables.ts'
import { vectorNumbers } from './vector-numbers.ts'

interface ColumnsRequest {
  readonly table: Hash
  readonly columns: readonly ColumnRequest[]
  readonly where?: Sql
}

interface TypedRequest extends ColumnRequest {
  readonly place: number
  readonly type: string
}

/** More joins than this in one query cost more to plan than a second pass over the rows. */
const columnsAPass = 24

/** Whole columns over shared memory, in the order of the row ids. */
export function readColumns(
  parts: { database: Database; blobs: Blobs },
  request: ColumnsRequest,
  options: Cancellable,
): Promise<Values[]> {
  return parts.database.use(options.signal, async (session) => {
    const stored = sql`${await storedSource(parts.blobs, request.table)} AS stored`
    const source = request.where === undefined ? stored : sql`${stored} WHERE ${request.where}`
    const rows = await countRows(session, source)
    const values: Values[] = []
    for (let start = 0; start < request.columns.length; start += columnsAPass) {
      const typed = await withTypes(session, {
        columns: request.columns.slice(start, start + columnsAPass),
        start,
        stored,
      })
      const kind = await pick(session, { typed, source, rows })
      values.push(...(await readPass(session, typed, rows)))
      await session.run(`DROP ${kind} picked`)
    }
    return values
  })
}

async function countRows(session: Session, source: Sql): Promise<number> {
  const answer = await session.stream(sql`SELECT CAST(count(*) AS DOUBLE) FROM ${source}`)
  for await (const chunk of answer.chunks) return vectorNumbers(chunk, 0)[0] ?? 0
  return 0
}

async function withTypes(
  session: Session,
  pass: { columns: readonly ColumnRequest[]; start: number; stored: Sql },
): Promise<TypedRequest[]> {
  const { columns, start, stored } = pass
  const shape = await session.shape(sql`SELECT ${join(columns.map((column) => column.expression))} FROM ${stored}`)
  return columns.map((column, i) => ({ ...column, place: start + i, type: shape[i]?.type ?? 'DOUBLE' }))
}

interface Pass {
  readonly typed: readonly TypedRequest[]
  readonly source: Sql
  readonly rows: number
}

/** Tables of so few cells are computed once and kept; larger ones are computed as often as they are read. */
const fewCells = 4_000_000

/** The values asked for under the names v<place>, beside their row ids, as `picked`. A view takes no parameters. */
async function pick(session: Session, pass: Pass): Promise<'TABLE' | 'VIEW'> {
  const values = pass.typed.map((column) => {
    const value = column.kind === 'numeric' ? numberExpression(column.expression, column.type) : column.expression
    return sql`${value} AS ${valueName(column)}`
  })
  const query = sql`SELECT row_id, ${join(values)} FROM ${pass.source}`
  const kept = pass.typed.length * pass.rows <= fewCells || query.values.length > 0
  await session.run(kept ? sql`CREATE TEMP TABLE picked AS ${query}` : sql`CREATE TEMP VIEW picked AS ${query}`)
  return kept ? 'TABLE' : 'VIEW'
}

async function readPass(session: Session, typed: readonly TypedRequest[], rows: number): Promise<Values[]> {
  const levels = new Map<number, Levels>()
  for (const column of typed) {
    if (column.kind === 'category')
      levels.set(
        column.place,
        await readLevels(session, { table: levelsTable(column), value: valueName(column), type: column.type }),
      )
  }
  const columns = typed.map((column) => emptyColumn(rows, levels.get(column.place)))
  const answer = await session.stream(passQuery(typed))
  let row = 0
  for await (const chunk of answer.chunks) {
    columns.forEach((column, i) => {
      column.take(vectorNumbers(chunk, i), row)
    })
    row += chunk.rowCount
  }
  for (const column of typed) if (column.kind === 'category') await session.run(sql`DROP TABLE ${levelsTable(column)}`)
  return columns.map((column) => column.values)
}

function valueName(column: TypedRequest): Sql {
  return name(`v${column.place}`)
}

function levelsTable(column: TypedRequest): Sql {
  return name(`levels_${column.place}`)
}

/** Missing values replaced and codes joined; the order is always asked for, since joins lose it. */
function passQuery(typed: readonly TypedRequest[]): Sql {
  const list = typed.map((column) => {
    if (column.kind === 'category') return sql`coalesce(${levelsTable(column)}.code, -1)`
    const value = sql`picked.${valueName(column)}`
    return sql`CASE WHEN isfinite(${value}) THEN ${value} ELSE CAST('nan' AS DOUBLE) END`
  })
  const joins = typed
    .filter((column) => column.kind === 'category')
    .map((column) => sql` LEFT JOIN ${levelsTable(column)} ON picked.${valueName(column)} = ${levelsTable(column)}.v`)
  return sql`SELECT ${join(list)} FROM picked${join(joins, sql``)} ORDER BY picked.row_id`
}

interface FillingColumn {
  readonly values: Values
  take(items: Float64Array | Int32Array, row: number): void
}

function emptyColumn(rows: number, levels: Levels | undefined): FillingColumn {
  if (levels === undefined) {
    const values = new Float64Array(new SharedArrayBuffer(rows * Float64Array.BYTES_PER_ELEMENT))
    return { values: { kind: 'numeric', values }, take: (items, row) => values.set(items, row) }
  }
  const codes = new Int32Array(new SharedArrayBuffer(rows * Int32Array.BYTES_PER_ELEMENT))
  const { places, texts } = levels
  function take(items: Float64Array | Int32Array, row: number): void {
    for (let i = 0; i < items.length; i += 1) codes[row + i] = places[items[i] ?? -1] ?? -1
  }
  return { values: { kind: 'category', codes, levels: texts }, take }
}
