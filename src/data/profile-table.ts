import type { Column, ColumnProfile, Profile, Table } from '#core/dataset'
import type { Blobs, Cancellable } from '#core/ports'
import { countDuplicateRows } from './duplicate-rows.ts'
import type { Database } from './open-database.ts'
import { profileNumbers } from './profile-numbers.ts'
import { profileWords } from './profile-words.ts'
import type { Session } from './session.ts'
import { bindTables } from './table-views.ts'

/** Columns that one query profiles at once: many of a short table, few of a long one. */
const rowsAQuery = 400_000
const mostColumnsAQuery = 40

const fewColumns = 30
const fewCells = 5_000_000

/** Exact facts of every column over all rows. */
export function profileTable(parts: { database: Database; blobs: Blobs }, table: Table, options: Cancellable): Promise<Profile> {
  return parts.database.use(options.signal, async (session) => {
    await bindForMany(session, parts.blobs, table)
    const found = new Map<string, ColumnProfile>()
    const size = Math.max(1, Math.min(mostColumnsAQuery, Math.floor(rowsAQuery / Math.max(1, table.rows))))
    await inBatches(table.columns.filter(isNumeric), size, (columns) => collect(found, profileNumbers(session, columns)))
    await inBatches(table.columns.filter((column) => !isNumeric(column)), size, (columns) => collect(found, profileWords(session, columns)))
    return {
      rows: table.rows,
      duplicate_rows: await duplicates(session, table),
      columns: table.columns.flatMap((column) => found.get(column.id) ?? []),
    }
  })
}

/** Many queries over a wide table: loaded once, it is read ten times as fast as from its file each time. */
async function bindForMany(session: Session, blobs: Blobs, table: Table): Promise<void> {
  const load = table.columns.length > fewColumns && table.columns.length * table.rows < fewCells
  await bindTables(session, blobs, { [load ? 'stored' : 'source_table']: table.hash })
  if (load) await session.run('CREATE TEMP TABLE source_table AS SELECT * FROM stored')
}

function isNumeric(column: Column): boolean {
  return column.type !== 'text' && column.type !== 'boolean'
}

async function inBatches(columns: readonly Column[], size: number, work: (batch: Column[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < columns.length; start += size) await work(columns.slice(start, start + size))
}

async function collect(found: Map<string, ColumnProfile>, profiles: Promise<ColumnProfile[]>): Promise<void> {
  for (const profile of await profiles) found.set(profile.id, profile)
}

function duplicates(session: Session, table: Table): Promise<number> {
  return table.columns.length === 0 ? Promise.resolve(0) : countDuplicateRows(session, table)
}
