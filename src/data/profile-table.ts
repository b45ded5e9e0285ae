import type { Column, ColumnProfile, Profile, Table } from '#core/dataset'
import type { Cancellable } from '#core/ports'
import { join, name, sql } from '#core/sql'
import type { Sql } from '#core/sql'
import { countDuplicateRows } from './duplicate-rows.ts'
import type { Parts } from './materialise-table.ts'
import { profileNumbers } from './profile-numbers.ts'
import { profileWords } from './profile-words.ts'
import type { Session } from './session.ts'
import { storedSource } from './bind-tables.ts'

/** Columns that one query profiles at once: many of a short table, few of a long one. */
const rowsAQuery = 400_000
const mostColumnsAQuery = 40

/** Exact facts of every column over all rows. */
export function profileTable(parts: Parts, table: Table, options: Cancellable): Promise<Profile> {
  return parts.database.use(options.signal, async (session) => {
    const source = await storedSource(parts.blobs, table.hash)
    const found = new Map<string, ColumnProfile>()
    for (const columns of batches(table)) {
      const kind = await pickColumns(session, { table, source, columns })
      const profiles = isNumeric(columns[0])
        ? await profileNumbers(session, columns)
        : await profileWords(session, columns)
      for (const profile of profiles) found.set(profile.id, profile)
      await session.run(`DROP ${kind} picked`)
    }
    return {
      rows: table.rows,
      duplicate_rows: table.columns.length === 0 ? 0 : await countDuplicateRows(session, table, source),
      columns: table.columns.flatMap((column) => found.get(column.id) ?? []),
    }
  })
}

/** Columns of one kind that are profiled by the same query. */
function batches(table: Table): Column[][] {
  const size = Math.max(1, Math.min(mostColumnsAQuery, Math.floor(rowsAQuery / Math.max(1, table.rows))))
  const kinds = [table.columns.filter(isNumeric), table.columns.filter((column) => !isNumeric(column))]
  return kinds.flatMap((columns) =>
    Array.from({ length: Math.ceil(columns.length / size) }, (_, i) => columns.slice(i * size, (i + 1) * size)),
  )
}

/**
 * The columns of a batch under the name `picked`. Of a short table they are loaded: many small queries over a narrow
 * table in memory are planned and answered ten times as fast as over a wide file.
 */
async function pickColumns(
  session: Session,
  pick: { table: Table; source: Sql; columns: readonly Column[] },
): Promise<'TABLE' | 'VIEW'> {
  const list = join(pick.columns.map((column) => name(column.id)))
  const query = sql`SELECT ${list} FROM ${pick.source} AS stored`
  if (pick.table.rows > rowsAQuery) {
    await session.run(sql`CREATE TEMP VIEW picked AS ${query}`)
    return 'VIEW'
  }
  await session.run(sql`CREATE TEMP TABLE picked AS ${query}`)
  return 'TABLE'
}

function isNumeric(column: Column | undefined): boolean {
  return column !== undefined && column.type !== 'text' && column.type !== 'boolean'
}
