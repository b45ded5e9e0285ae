import { rm, stat } from 'node:fs/promises'
import { asideReasons, readableDelimiters } from '#core/dataset'
import type { AsideReason, ReadOptions, ReadReport } from '#core/dataset'
import { SignalboxError } from '#core/errors'
import type { Cancellable } from '#core/ports'
import { csvLayout } from './csv-layout.ts'
import type { CsvLayout } from './csv-layout.ts'
import { findDelimiter } from './find-delimiter.ts'
import type { Repair } from './header-names.ts'
import type { Parts } from './materialise-table.ts'
import type { ReadTable, Reading } from './reading.ts'
import { SetAsideFile } from './set-aside-file.ts'
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
  const { told = {} } = reading
  const found = await findEncoding(reading.path, told.encoding, signal)
  if (found.hasNul) throw refusal('FILE_BINARY', `${reading.fileName} holds NUL bytes, so it is no text`)
  if (size === 0 || found.onlyBlank) throw refusal('FILE_EMPTY', `${reading.fileName} has nothing in it`)
  const source = () => textPieces(reading, found, signal)
  const layout = csvLayout(findDelimiter(await readSample(source()), told.delimiter), told)
  tooManyColumns(reading.fileName, layout.names.length)
  const path = parts.database.temporaryPath('staged')
  const aside = new SetAsideFile(parts.database.temporaryPath('csv'))
  try {
    const staged = await stageCsv(source(), layout, { path, aside })
    refuseIfUnreadable(reading.fileName, staged)
    const stored = await storeStaged(parts, { path, staged, names: layout.names, aside, told }, options)
    const report = reportOf({ found, layout, staged, bytes: size, stored, aside: await aside.store(parts.blobs) })
    return { table: stored.table, report }
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

interface ReportInput {
  readonly found: EncodingFound
  readonly layout: CsvLayout
  readonly staged: Staged
  readonly bytes: number
  readonly stored: Awaited<ReturnType<typeof storeStaged>>
  readonly aside: ReadReport['set_aside']
}

function reportOf({ found, layout, staged, bytes, stored, aside }: ReportInput): ReadReport {
  const titles = layout.recordsAbove - (layout.headerRow === null ? 0 : 1)
  const encoding = found.encoding === 'utf-8-damaged' ? 'utf-8' : found.encoding
  const delimiter = delimiterOf(layout)
  return {
    format: 'csv',
    encoding,
    delimiter,
    header_row: layout.headerRow,
    bytes,
    skipped_rows: titles + staged.blankLines,
    rejected_rows: aside?.rows ?? 0,
    repairs: [...encodingRepairs(found), ...layout.repairs, ...staged.repairs, ...asideRepairs(aside), ...stored.repairs],
    options: {
      encoding,
      delimiter,
      header_row: layout.headerRow,
      ...(layout.headerRow === null ? { first_row: layout.recordsAbove } : {}),
      ...(stored.decimal === undefined ? {} : { decimal: stored.decimal }),
    },
    set_aside: aside,
  }
}

function delimiterOf({ delimiter }: CsvLayout): NonNullable<ReadOptions['delimiter']> | null {
  return readableDelimiters.find((text) => text.charCodeAt(0) === delimiter) ?? null
}

const asideTexts: Readonly<Partial<Record<AsideReason, { code: string; detail: string }>>> = {
  repeated_header: { code: 'repeated_headers', detail: 'rows that repeat the header were set aside' },
  total_row: { code: 'total_rows', detail: 'rows that add up the rows above them were set aside' },
  junk_row: { code: 'junk_rows', detail: 'remarks, and empty rows at the end, were set aside' },
}

function asideRepairs(aside: ReadReport['set_aside']): Repair[] {
  return asideReasons.flatMap((reason) => {
    const text = asideTexts[reason]
    const count = aside?.reasons[reason] ?? 0
    return text === undefined || count === 0 ? [] : [{ ...text, count }]
  })
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
