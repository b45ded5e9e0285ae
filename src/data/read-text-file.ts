import { rm, stat } from 'node:fs/promises'
import { SignalboxError } from '#core/errors'
import type { Cancellable } from '#core/ports'
import { csvLayout } from './csv-layout.ts'
import type { Converted } from './converted.ts'
import { findDelimiter } from './find-delimiter.ts'
import type { Parts } from './materialise-table.ts'
import type { ReadTable, Reading } from './reading.ts'
import { SetAsideFile } from './set-aside-file.ts'
import { stageCsv } from './stage-csv.ts'
import type { Staged } from './stage-csv.ts'
import { storeStaged } from './store-staged.ts'
import { convertedReport, textReport } from './text-report.ts'
import { tooManyColumns } from './too-many-columns.ts'
import { findEncoding } from './find-encoding.ts'
import type { EncodingFound } from './find-encoding.ts'
import { utf8Pieces } from './utf8-pieces.ts'

const sampleBytes = 1 << 20

/** Delimited text, as it came or rewritten from another format. */
export interface TextReading extends Reading {
  readonly converted?: Converted
}

/** A text file of rows: found out how it is written, staged, typed and stored. */
export async function readTextFile(parts: Parts, reading: TextReading, options: Cancellable): Promise<ReadTable> {
  const { signal } = options
  const { size } = await stat(reading.path)
  const { told = {}, converted } = reading
  const found = await findEncoding(reading.path, told.encoding, signal)
  if (found.hasNul) throw refusal('FILE_BINARY', `${reading.fileName} holds NUL bytes, so it is no text`)
  if (size === 0 || found.onlyBlank) throw refusal('FILE_EMPTY', `${reading.fileName} has nothing in it`)
  const source = () => textPieces(reading, found, signal)
  const looked = csvLayout(findDelimiter(await readSample(source()), told.delimiter), told)
  const layout = converted?.records === true ? { ...looked, header: null, records: true } : looked
  tooManyColumns(reading.fileName, layout.names.length)
  const path = parts.database.temporaryPath('staged')
  const aside = new SetAsideFile(parts.database.temporaryPath('csv'))
  try {
    const staged = await stageCsv(source(), layout, { path, aside })
    refuseIfUnreadable(reading.fileName, staged)
    for (const row of converted?.aside ?? []) aside.add(row)
    const typed = converted !== undefined
    const stored = await storeStaged(parts, { path, staged, names: layout.names, unnamed: layout.unnamed, delimiter: layout.delimiter, aside, told, typed }, options)
    const report = textReport({ found, layout, staged, bytes: size, stored, aside: await aside.store(parts.blobs) })
    return { table: stored.table, report: converted === undefined ? report : convertedReport(report, converted) }
  } finally {
    await rm(path, { force: true })
    await aside.discard()
  }
}

function refusal(
  code: 'FILE_BINARY' | 'FILE_EMPTY' | 'FILE_HEADER_ONLY' | 'FILE_UNREADABLE',
  message: string,
): SignalboxError {
  return new SignalboxError({ code, message })
}

/** UTF-16 may hold NUL characters, which only show once it is decoded. */
async function* textPieces(reading: Reading, found: EncodingFound, signal: AbortSignal): AsyncGenerator<Buffer> {
  for await (const piece of utf8Pieces(reading.path, found.encoding, signal)) {
    if (piece.includes(0)) throw refusal('FILE_BINARY', `${reading.fileName} holds NUL characters, so it is no text`)
    yield piece
  }
}

async function readSample(source: AsyncIterable<Buffer>): Promise<{ bytes: Buffer; whole: boolean }> {
  const taken: Buffer[] = []
  let length = 0
  for await (const piece of source) {
    taken.push(piece)
    length += piece.length
    if (length >= sampleBytes) return { bytes: Buffer.concat(taken), whole: false }
  }
  return { bytes: Buffer.concat(taken), whole: true }
}

function refuseIfUnreadable(fileName: string, staged: Staged): void {
  if (staged.tooLong > staged.rows) {
    throw refusal(
      'FILE_UNREADABLE',
      `${staged.tooLong} of ${staged.rows + staged.tooLong} rows of ${fileName} have more fields than its header`,
    )
  }
  if (staged.rows === 0) throw refusal('FILE_HEADER_ONLY', `${fileName} has a header but no row below it`)
}
