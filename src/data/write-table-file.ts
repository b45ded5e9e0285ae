import { createWriteStream } from 'node:fs'
import { copyFile, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Table } from '#core/dataset'
import { SignalboxError } from '#core/errors'
import type { Cancellable } from '#core/ports'
import { sql, type Sql } from '#core/sql'
import { storedSource } from './bind-tables.ts'
import { copyOptions, type Parts } from './materialise-table.ts'
import { quotedName, quotedText } from './quoted-text.ts'
import { writeCsv } from './write-csv.ts'

interface TableFile {
  readonly table: Table
  /** Parquet where it ends so, else CSV. */
  readonly path: string
}

/** Writes a table as a file with display names, rows in their order. It is whole, or not there. */
export async function writeTableFile(parts: Parts, { table, path }: TableFile, options: Cancellable): Promise<void> {
  const temporary = parts.database.temporaryPath('out')
  try {
    if (path.toLowerCase().endsWith('.parquet')) await writeParquet(parts, { table, path: temporary }, options)
    else await pipeline(writeCsv(parts, table, options), createWriteStream(temporary), options)
    // The file may go to another disk, to which no name can be moved.
    await rename(temporary, path).catch(() => copyFile(temporary, path))
  } finally {
    await rm(temporary, { force: true })
  }
}

async function writeParquet(parts: Parts, { table, path }: TableFile, options: Cancellable): Promise<void> {
  refuseSameLetters(table)
  await parts.database.use(options.signal, async (session) => {
    const source = await storedSource(parts.blobs, table.hash)
    const list = table.columns.map((column) => `${quotedName(column.id)} AS ${quotedName(column.name)}`).join(', ')
    const before: Sql = { parts: [`COPY (SELECT ${list} FROM `], values: [] }
    const after: Sql = { parts: [` AS stored ORDER BY row_id) TO ${quotedText(path)} (${copyOptions(table.columns.length)})`], values: [] }
    await session.run(sql`${before}${source}${after}`)
  })
}

/** The database does not tell names apart by case, and would rename a column without a word. */
function refuseSameLetters(table: Table): void {
  const seen = new Map<string, string>()
  for (const { name } of table.columns) {
    const other = seen.get(name.toLowerCase())
    if (other !== undefined) {
      throw new SignalboxError({ code: 'VALIDATION_FAILED', message: `A Parquet file cannot hold both ${JSON.stringify(other)} and ${JSON.stringify(name)}, which differ in case alone.`, suggestion: 'Rename one of them, or write CSV.' })
    }
    seen.set(name.toLowerCase(), name)
  }
}
