import { copyFile, link, rm, stat } from 'node:fs/promises'
import type { Column, ReadReport } from '#core/dataset'
import { SignalboxError } from '#core/errors'
import type { Cancellable } from '#core/ports'
import { headerNames } from './header-names.ts'
import type { Repair } from './header-names.ts'
import { storeTable, writeRows } from './materialise-table.ts'
import type { Parts } from './materialise-table.ts'
import { parquetCasts } from './parquet-casts.ts'
import type { ParquetCast } from './parquet-casts.ts'
import { parquetSource } from './parquet-source.ts'
import type { ReadTable, Reading } from './reading.ts'
import type { Session } from './session.ts'
import { tooManyColumns } from './too-many-columns.ts'

/** A Parquet file: its types mapped to ours, its rows numbered in their order. */
export async function readParquetFile(parts: Parts, reading: Reading, options: Cancellable): Promise<ReadTable> {
  const { size } = await stat(reading.path)
  const path = parts.database.temporaryPath('parquet')
  const repairs: Repair[] = []
  const write = async (session: Session, target: string) => {
    const { casts, names } = await lookInto(session, reading, path)
    const header = headerNames(names, names.length)
    repairs.push(...header.repairs, ...casts.flatMap((cast) => cast.repairs))
    const columns = casts.map((cast, i): Column => ({ id: `c${i}`, name: header.names[i] ?? '', type: cast.type }))
    const list = ['row_number() OVER () - 1 AS row_id', ...casts.map((cast, i) => `${cast.expression} AS c${i}`)]
    const query = { parts: [`SELECT ${list.join(', ')} FROM uploaded`], values: [] }
    return writeRows(session, { query, columns }, target)
  }
  try {
    await bring(reading.path, path)
    const table = await storeTable(parts, write, options)
    return { table, report: reportOf(size, repairs) }
  } finally {
    await rm(path, { force: true })
  }
}

/** Into the folder that the database may read; a link costs nothing where both lie on one file system. */
async function bring(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to))
}

/** Column names become u0, u1 …, since files may repeat them. */
async function viewUploaded(session: Session, path: string, columns: number): Promise<void> {
  const names = Array.from({ length: columns }, (_, i) => `u${i}`).join(', ')
  await session.run(`CREATE TEMP VIEW uploaded AS SELECT * FROM ${parquetSource(path)} AS file(${names})`)
}

async function lookInto(
  session: Session,
  reading: Reading,
  path: string,
): Promise<{ casts: ParquetCast[]; names: string[] }> {
  const shape = await session
    .shape({ parts: [`SELECT * FROM ${parquetSource(path)}`], values: [] })
    .catch((error: unknown) => {
      session.signal.throwIfAborted()
      throw new SignalboxError({
        code: 'FILE_UNREADABLE',
        message: `${reading.fileName} is a damaged Parquet file`,
        cause: error,
      })
    })
  tooManyColumns(reading.fileName, shape.length)
  await viewUploaded(session, path, shape.length)
  const rows = await countRows(session)
  if (rows === 0)
    throw new SignalboxError({ code: 'FILE_HEADER_ONLY', message: `${reading.fileName} has columns but no row` })
  return { casts: await parquetCasts(session, shape), names: shape.map((column) => column.name) }
}

async function countRows(session: Session): Promise<number> {
  const answer = await session.stream({ parts: ['SELECT count(*) FROM uploaded'], values: [] })
  for await (const chunk of answer.chunks) return Number(chunk.getRowValues(0)[0])
  return 0
}

function reportOf(bytes: number, repairs: readonly Repair[]): ReadReport {
  return {
    format: 'parquet',
    encoding: 'binary',
    delimiter: null,
    header_row: null,
    bytes,
    skipped_rows: 0,
    rejected_rows: 0,
    repairs: [...repairs],
    options: {},
    set_aside: null,
  }
}
