import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReadOptions, ReadReport, Table } from '#core/dataset'
import type { Hash } from '#core/hash'
import type { Blobs, Cell, TableReader } from '#core/ports'
import { sql } from '#core/sql'
import { startDataEngine } from './duckdb-engine.ts'
import type { RunningDataEngine } from './duckdb-engine.ts'
import { tableReader } from './table-reader.ts'
import { folderBlobs } from './folder-blobs.testkit.ts'

/** A running engine and reader on a folder of their own, for tests. */
export interface DataBench {
  readonly engine: RunningDataEngine
  readonly reader: TableReader
  readonly blobs: Blobs
  readonly folder: string
  readText(text: string | Uint8Array, told?: ReadOptions): Promise<{ table: Table; report: ReadReport }>
  /** The text of an artifact. */
  blobText(hash: Hash): Promise<string>
  readFile(path: string): Promise<{ table: Table; report: ReadReport }>
  /** All rows of a table by display name, without row ids. */
  rowsOf(table: Table): Promise<Cell[][]>
  /** Files that should not be there: of the engine and of the blobs. */
  temporaryFiles(): Promise<string[]>
  close(): Promise<void>
}

export const never: AbortSignal = new AbortController().signal

export async function dataBench(options: { threads?: number; memoryLimitMb?: number } = {}): Promise<DataBench> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-data-'))
  const blobs = folderBlobs(join(folder, 'blobs'))
  const engine = await startDataEngine({ blobs, temporaryFolder: join(folder, 'temporary'), ...options })
  const reader = tableReader(engine)
  let files = 0

  async function readText(text: string | Uint8Array, told: ReadOptions = {}) {
    files += 1
    const path = join(folder, `upload-${files}`)
    await writeFile(path, text)
    return reader.read({ path, fileName: 'table.csv', told }, { signal: never })
  }

  async function blobText(hash: Hash): Promise<string> {
    return Buffer.from((await blobs.getBytes(hash)) ?? []).toString('utf8')
  }

  async function rowsOf(table: Table): Promise<Cell[][]> {
    const rows = await engine.query(sql`SELECT * FROM t ORDER BY row_id`, { tables: { t: table.hash }, signal: never })
    return rows.map((row) => table.columns.map((column) => row[column.id] ?? null))
  }

  async function temporaryFiles(): Promise<string[]> {
    const names = await readdir(join(folder, 'temporary'), { recursive: true })
    return names.filter((name) => /\.\w+$/.test(name))
  }

  async function close(): Promise<void> {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  }

  return {
    engine,
    reader,
    blobs,
    folder,
    readText,
    blobText,
    readFile: (path) => reader.read({ path, fileName: 'table' }, { signal: never }),
    rowsOf,
    temporaryFiles,
    close,
  }
}

/** A stored table made of a query over nothing. */
export function tableOf(bench: DataBench, query: ReturnType<typeof sql>, columns: Table['columns']): Promise<Table> {
  const tables: Record<string, Hash> = {}
  return bench.engine.materialise({ query, tables, columns }, { signal: never })
}
