import type { Blobs, DataEngine } from '#core/ports'
import { answerRows } from './answer-rows.ts'
import { materialiseTable } from './materialise-table.ts'
import { openDatabase } from './open-database.ts'
import type { Database } from './open-database.ts'
import { profileTable } from './profile-table.ts'
import { readColumns } from './read-columns.ts'
import { bindTables } from './bind-tables.ts'

/** Blobs that all lie in one local folder, the only one the database may read. */
export interface LocalBlobs extends Blobs {
  readonly folder: string
}

export interface DataEngineOptions {
  readonly blobs: LocalBlobs
  /** A folder of this process is made in it, for spilled and unfinished files. */
  readonly temporaryFolder: string
  readonly memoryLimitMb?: number
  readonly threads?: number
}

/** The running engine, and what the table reader shares with it. */
export interface RunningDataEngine extends DataEngine {
  readonly database: Database
  readonly blobs: Blobs
  /** Ends what is running and removes the temporary files. */
  close(): Promise<void>
}

/** Starts DuckDB in this process: in memory, locked down, over Parquet files in the blobs. */
export async function startDataEngine(options: DataEngineOptions): Promise<RunningDataEngine> {
  const { blobs, ...rest } = options
  const database = await openDatabase({ ...rest, blobFolder: blobs.folder })
  const parts = { database, blobs }
  return {
    database,
    blobs,
    query: (query, { signal, tables }) =>
      database.use(signal, async (session) => {
        await bindTables(session, blobs, tables)
        return answerRows(await session.stream(query))
      }),
    columns: (request, cancellable) => readColumns(parts, request, cancellable),
    materialise: (request, cancellable) => materialiseTable(parts, request, cancellable),
    profile: (table, cancellable) => profileTable(parts, table, cancellable),
    close: () => database.close(),
  }
}
