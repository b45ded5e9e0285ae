import { rm, stat } from 'node:fs/promises'
import type { ReadReport } from '#core/dataset'
import { SignalboxError } from '#core/errors'
import type { Cancellable } from '#core/ports'
import { csvLayout } from './csv-layout.ts'
import type { CsvLayout } from './csv-layout.ts'
import { findDelimiter } from './find-delimiter.ts'
import type { Repair } from './header-names.ts'
import type { Parts } from './materialise-table.ts'
import type { ReadTable, Reading } from './reading.ts'
import { stageCsv } from './stage-csv.ts'
import type { Staged } from './stage-csv.ts'
import { storeStaged } from './store-staged.ts'
import { tooManyColumns } from './too-many-columns.ts'
import { findEncoding } from './find-encoding.ts'
import type { EncodingFound } from './find-encoding.ts'
import { utf8Pieces } from './utf8-pieces.ts'

const sampleBytes = 1 << 20

/** A text file of rows: found out how it is written, staged, typed and stored. */
export async function readTextFile(parts: Parts, reading: Reading, options: Cancellable): Promise<ReadTable> {
  const { signal } = options
  const { size } = await stat(reading.path)
  const found = await findEncoding(reading.path, signal)
  if (found.hasNul) throw refusal('FILE_BINARY', `${reading.fileName} holds NUL bytes, so it is no text`)
  if (size === 0 || found.onlyBlank) throw refusal('FILE_EMPTY', `${reading.fileName} has nothing in it`)
  const source = () => textPieces(reading, found, signal)
  const layout = csvLayout(findDelimiter(await readSample(source())))
  tooManyColumns(reading.fileName, layout.names.length)
  const path = parts.database.temporaryPath('staged')
  try {
    const staged = await stageCsv(source(), layout, path)
    refuseIfUnreadable(reading.fileName, staged)
    const { table, repairs } = await storeStaged(parts, { path, staged, names: layout.names }, options)
    return { table, report: reportOf({ found, layout, staged, bytes: size, repairs }) }
  } finally {
    await rm(path, { force: true })
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
  if (staged.rejected > staged.rows) {
    throw refusal(
      'FILE_UNREADABLE',
      `${staged.rejected} of ${staged.rows + staged.rejected} rows of ${fileName} have more fields than its header`,
    )
  }
  if (staged.rows === 0) throw refusal('FILE_HEADER_ONLY', `${fileName} has a header but no row below it`)
}

interface ReportInput {
  readonly found: EncodingFound
  readonly layout: CsvLayout
  readonly staged: Staged
  readonly bytes: number
  readonly repairs: readonly Repair[]
}

function reportOf({ found, layout, staged, bytes, repairs }: ReportInput): ReadReport {
  const titles = layout.recordsAbove - (layout.headerRow === null ? 0 : 1)
  return {
    format: 'csv',
    encoding: found.encoding === 'utf-8-damaged' ? 'utf-8' : found.encoding,
    delimiter: layout.delimiter < 0 ? null : String.fromCharCode(layout.delimiter),
    header_row: layout.headerRow,
    bytes,
    skipped_rows: titles + staged.blankLines,
    rejected_rows: staged.rejected,
    repairs: [...encodingRepairs(found), ...layout.repairs, ...staged.repairs, ...repairs],
  }
}

function encodingRepairs(found: EncodingFound): Repair[] {
  if (found.encoding === 'utf-8-damaged') {
    return [{ code: 'damaged_text', detail: 'bytes that are no UTF-8 were replaced by \ufffd', count: found.damaged }]
  }
  if (found.encoding === 'windows-1252') {
    return [
      { code: 'encoding', detail: 'the file is not UTF-8; it was read as windows-1252 (Western European)', count: 1 },
    ]
  }
  return []
}
