import { open } from 'node:fs/promises'
import { SignalboxError } from '#core/errors'
import type { Cancellable, TableReader } from '#core/ports'
import { fileKind } from './file-kind.ts'
import type { Parts } from './materialise-table.ts'
import { readParquetFile } from './read-parquet-file.ts'
import type { ReadTable, Reading } from './reading.ts'
import { readTextFile } from './read-text-file.ts'
import { writeCsv } from './write-csv.ts'

/** Reads CSV, TSV and Parquet files into stored tables, and writes tables as CSV. Takes a running data engine. */
export function tableReader(engine: Parts): TableReader {
  return {
    read: (request, options) => ownReason(options.signal, () => readFile(engine, request, options)),
    writeCsv: (table, options) => writeCsv(engine, table, options),
  }
}

/** Streams of files have an error of their own for an abort; callers wait for the reason they gave. */
async function ownReason<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted()
  try {
    return await work()
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}

async function readFile(parts: Parts, request: Reading, options: Cancellable): Promise<ReadTable> {
  const kind = fileKind(await headOf(request.path))
  if (kind.kind === 'binary') {
    throw new SignalboxError({
      code: 'FILE_BINARY',
      message: `${request.fileName} looks like ${kind.what}, which is not text`,
    })
  }
  if (kind.kind === 'markup') {
    throw new SignalboxError({
      code: 'FILE_UNREADABLE',
      message: `${request.fileName} looks like ${kind.what}, not like rows of a table`,
    })
  }
  return kind.kind === 'parquet' ? readParquetFile(parts, request, options) : readTextFile(parts, request, options)
}

const headBytes = 1 << 16

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(headBytes)
    const { bytesRead } = await file.read(head, 0, headBytes, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
