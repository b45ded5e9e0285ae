import { name, sql } from '#core/sql'
import type { Sql } from '#core/sql'
import { plainCell } from './plain-cell.ts'
import type { Session } from './session.ts'

export interface Levels {
  /** Sorted by code unit. */
  readonly texts: string[]
  /** The place in `texts` of each code that the database gave. */
  readonly places: Int32Array
}

export interface LevelsRequest {
  /** The temporary table to make: `v` and its `code`. */
  readonly table: string
  readonly expression: Sql
  /** SQL type of the expression. */
  readonly type: string
  readonly source: Sql
}

/**
 * Numbers the different values of an expression. The database numbers them in its own order; their texts are made and
 * sorted here, because no two SQL engines print or sort alike.
 */
export async function readLevels(session: Session, request: LevelsRequest): Promise<Levels> {
  const { expression, source, type } = request
  const table = name(request.table)
  const finite = type === 'DOUBLE' || type === 'FLOAT' ? sql`isfinite(v)` : sql`v IS NOT NULL`
  await session.run(
    sql`CREATE TEMP TABLE ${table} AS SELECT v, CAST(row_number() OVER (ORDER BY v) - 1 AS INTEGER) AS code
        FROM (SELECT DISTINCT ${expression} AS v FROM ${source}) AS found WHERE ${finite}`,
  )
  const found: string[] = []
  const answer = await session.stream(sql`SELECT v FROM ${table} ORDER BY code`)
  for await (const chunk of answer.chunks) {
    for (const cell of chunk.convertColumnValues(0, plainCell)) found.push(String(cell))
  }
  return sortLevels(found)
}

/** Two values may share a text (0 and -0): they then share a level. */
function sortLevels(found: readonly string[]): Levels {
  const texts = [...new Set(found)].sort()
  const placeOf = new Map(texts.map((text, place) => [text, place]))
  return { texts, places: Int32Array.from(found, (text) => placeOf.get(text) ?? -1) }
}
