import type { Hash } from '#core/hash'
import type { Blobs, Cancellable, ColumnRequest, Values } from '#core/ports'
import { join, name, sql } from '#core/sql'
import type { Sql } from '#core/sql'
import { readLevels } from './level-texts.ts'
import type { Levels } from './level-texts.ts'
import { numberExpression } from './number-expression.ts'
import type { Database } from './open-database.ts'
import type { Session } from './session.ts'
import { bindTables } from './table-views.ts'
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
export function readColumns(parts: { database: Database; blobs: Blobs }, request: ColumnsRequest, options: Cancellable): Promise<Values[]> {
  return parts.database.use(options.signal, async (session) => {
    await bindTables(session, parts.blobs, { source_table: request.table })
    const source = request.where === undefined ? sql`source_table` : sql`(SELECT * FROM source_table WHERE ${request.where}) AS source_table`
    const rows = await countRows(session, source)
    const values: Values[] = []
    for (let start = 0; start < request.columns.length; start += columnsAPass) {
      const typed = await withTypes(session, request.columns.slice(start, start + columnsAPass), start)
      values.push(...(await readPass(session, { typed, source, rows })))
    }
    return values
  })
}

async function countRows(session: Session, source: Sql): Promise<number> {
  const answer = await session.stream(sql`SELECT CAST(count(*) AS DOUBLE) AS n FROM ${source}`)
  for await (const chunk of answer.chunks) return vectorNumbers(chunk, 0)[0] ?? 0
  return 0
}

async function withTypes(session: Session, columns: readonly ColumnRequest[], start: number): Promise<TypedRequest[]> {
  const shape = await session.shape(sql`SELECT ${join(columns.map((column) => sql`${column.expression}`))} FROM source_table`)
  return columns.map((column, i) => ({ ...column, place: start + i, type: shape[i]?.type ?? 'DOUBLE' }))
}

interface Pass {
  readonly typed: readonly TypedRequest[]
  readonly source: Sql
  readonly rows: number
}

async function readPass(session: Session, pass: Pass): Promise<Values[]> {
  const levels = new Map<number, Levels>()
  for (const column of pass.typed) {
    if (column.kind !== 'category') continue
    const table = `levels_${column.place}`
    levels.set(column.place, await readLevels(session, { table, expression: column.expression, type: column.type, source: pass.source }))
  }
  const columns = pass.typed.map((column) => emptyColumn(pass.rows, levels.get(column.place)))
  const answer = await session.stream(passQuery(pass))
  let row = 0
  for await (const chunk of answer.chunks) {
    columns.forEach((column, i) => {
      column.take(vectorNumbers(chunk, i), row)
    })
    row += chunk.rowCount
  }
  return columns.map((column) => column.values)
}

/** Values are computed below, missing ones replaced and codes joined above; the order is always asked for. */
function passQuery(pass: Pass): Sql {
  const inner = pass.typed.map((column) => {
    const value = column.kind === 'numeric' ? numberExpression(column.expression, column.type) : column.expression
    return sql`${value} AS ${name(`v${column.place}`)}`
  })
  const outer = pass.typed.map((column) => {
    const value = sql`picked.${name(`v${column.place}`)}`
    if (column.kind === 'numeric') return sql`CASE WHEN isfinite(${value}) THEN ${value} ELSE CAST('nan' AS DOUBLE) END`
    return sql`coalesce(${name(`levels_${column.place}`)}.code, -1)`
  })
  const joins = pass.typed
    .filter((column) => column.kind === 'category')
    .map((column) => {
      const table = name(`levels_${column.place}`)
      return sql` LEFT JOIN ${table} ON picked.${name(`v${column.place}`)} = ${table}.v`
    })
  return sql`SELECT ${join(outer)} FROM (SELECT row_id, ${join(inner)} FROM ${pass.source}) AS picked${join(joins, sql``)} ORDER BY picked.row_id`
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
