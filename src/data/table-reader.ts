import { open } from 'node:fs/promises'
import { SignalboxError } from '#core/errors'
import type { Blobs, TableReader } from '#core/ports'
import { fileKind } from './file-kind.ts'
import type { Database } from './open-database.ts'
import { readParquetFile } from './read-parquet-file.ts'
import { readTextFile } from './read-text-file.ts'
import { writeCsv } from './write-csv.ts'

/** Reads CSV, TSV and Parquet files into stored tables, and writes tables as CSV. Takes a running data engine. */
export function tableReader(engine: { readonly database: Database; readonly blobs: Blobs }): TableReader {
  return {
    read: async (request, options) => {
      options.signal.throwIfAborted()
      const kind = fileKind(await headOf(request.path))
      if (kind.kind === 'binary') {
        throw new SignalboxError({ code: 'FILE_BINARY', message: `${request.fileName} looks like ${kind.what}, which is not text` })
      }
      if (kind.kind === 'markup') {
        throw new SignalboxError({ code: 'FILE_UNREADABLE', message: `${request.fileName} looks like ${kind.what}, not like rows of a table` })
      }
      return kind.kind === 'parquet' ? readParquetFile(engine, request, options) : readTextFile(engine, request, options)
    },
    writeCsv: (table, options) => writeCsv(engine, table, options),
  }
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
