import { open, rm, stat } from 'node:fs/promises'
import { SignalboxError } from '#core/errors'
import type { Cancellable, TableReader } from '#core/ports'
import { convertJson } from './convert-json.ts'
import { convertWorkbook } from './convert-workbook.ts'
import type { Converted } from './converted.ts'
import { fileKind } from './file-kind.ts'
import type { Parts } from './materialise-table.ts'
import { readParquetFile } from './read-parquet-file.ts'
import type { ReadTable, Reading } from './reading.ts'
import { readTextFile } from './read-text-file.ts'
import { unpackGzip } from './unpack-gzip.ts'
import { writeCsv } from './write-csv.ts'

/** Reads delimited text, JSON, workbooks and Parquet, packed or not, into stored tables, and writes tables as CSV. Takes a running data engine. */
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
  switch (kind.kind) {
    case 'binary':
      throw refusal('FILE_BINARY', `${request.fileName} looks like ${kind.what}, which is not text`)
    case 'markup':
      throw refusal('FILE_UNREADABLE', `${request.fileName} looks like ${kind.what}, not like rows of a table`)
    case 'parquet':
      return readParquetFile(parts, request, options)
    case 'gzip':
      return readUnpacked(parts, request, options)
    case 'json':
      return readConverted(convertJson, { parts, request }, options)
    case 'workbook':
      return readConverted(convertWorkbook, { parts, request }, options)
    case 'text':
      return readTextFile(parts, request, options)
  }
}

function refusal(code: 'FILE_BINARY' | 'FILE_UNREADABLE', message: string): SignalboxError {
  return new SignalboxError({ code, message })
}

/** Reads what is in a packed file; what is packed twice is none of ours. */
async function readUnpacked(parts: Parts, request: Reading, options: Cancellable): Promise<ReadTable> {
  const path = parts.database.temporaryPath('unpacked')
  try {
    await unpackGzip(request, path, options.signal)
    if (fileKind(await headOf(path)).kind === 'gzip') {
      throw refusal('FILE_BINARY', `${request.fileName} is a gzip file inside a gzip file`)
    }
    const { table, report } = await readFile(parts, { ...request, path }, options)
    const unpacked = { code: 'unpacked', detail: 'the file was unpacked with gzip', count: 1 }
    const { size } = await stat(request.path)
    return { table, report: { ...report, bytes: size, repairs: [unpacked, ...report.repairs] } }
  } finally {
    await rm(path, { force: true })
  }
}

type Convert = (reading: Reading, path: string, signal: AbortSignal) => Promise<Converted>

async function readConverted(
  convert: Convert,
  { parts, request }: { parts: Parts; request: Reading },
  options: Cancellable,
): Promise<ReadTable> {
  const path = parts.database.temporaryPath('csv')
  try {
    const converted = await convert(request, path, options.signal)
    return await readTextFile(parts, { path, fileName: request.fileName, told: converted.told, converted }, options)
  } finally {
    await rm(path, { force: true })
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
