import { sql } from '#core/sql'
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
  readonly table: Sql
  /** The column of `picked` whose values are wanted, and its SQL type. */
  readonly value: Sql
  readonly type: string
}

/**
 * Numbers the different values of a column. The database numbers them in its own order; their texts are made and
 * sorted here, because no two SQL engines print or sort alike.
 */
export async function readLevels(session: Session, request: LevelsRequest): Promise<Levels> {
  const { table, value, type } = request
  const finite = type === 'DOUBLE' || type === 'FLOAT' ? sql`isfinite(v)` : sql`v IS NOT NULL`
  await session.run(
    sql`CREATE TEMP TABLE ${table} AS SELECT v, CAST(row_number() OVER (ORDER BY v) - 1 AS INTEGER) AS code
        FROM (SELECT DISTINCT ${value} AS v FROM picked) AS found WHERE ${finite}`,
  )
  const found: string[] = []
  const answer = await session.stream(sql`SELECT v FROM ${table} ORDER BY code`)
  for await (const chunk of answer.chunks) {
    for (const cell of chunk.convertColumnValues(0, plainCell)) found.push(String(cell))
  }
  return sortLevels(found)
}

/** Text comes in the order of UTF-8 bytes, which is nearly always that of code units: then nothing is left to do. */
function sortLevels(found: string[]): Levels {
  if (found.every((text, i) => i === 0 || (found[i - 1] ?? '') < text))
    return { texts: found, places: Int32Array.from(found.keys()) }
  // Two values may share a text (0 and -0): they then share a level.
  const texts = [...new Set(found)].sort()
  const placeOf = new Map(texts.map((text, place) => [text, place]))
  return { texts, places: Int32Array.from(found, (text) => placeOf.get(text) ?? -1) }
}
