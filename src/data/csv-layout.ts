import type { ReadOptions } from '#core/dataset'
import { SignalboxError } from '#core/errors'
import type { DelimiterFound } from './find-delimiter.ts'
import { findHeader } from './find-header.ts'
import type { HeaderFound } from './find-header.ts'
import { headerNames, listed } from './header-names.ts'
import type { Repair } from './header-names.ts'

/** What a text file turned out to be: how its records are cut, and what their fields are called. */
export interface CsvLayout {
  readonly delimiter: number
  /** Records before the first row of data: titles, and the header. */
  readonly recordsAbove: number
  /** Zero-based record of the header; null where there is none. */
  readonly headerRow: number | null
  /** The fields of the header as they stand in the file. */
  readonly header: readonly string[] | null
  readonly names: readonly string[]
  /** What the header names each column, as it stands in the file. */
  readonly given: readonly string[] | null
  /** So many of the last columns have no name in the file. */
  readonly unnamed: number
  readonly repairs: readonly Repair[]
  /** Whether the first fields of rows are often several words, so that several words alone are no remark. */
  readonly wordyRows: boolean
  /** Every record below the header is a row for sure. */
  readonly records?: boolean
}

export function csvLayout(found: DelimiterFound, told: ReadOptions = {}): CsvLayout {
  const { skipped, header } = toldHeader(found.records, told) ?? findHeader(found.records, found.fields)
  const rows = found.records.slice(skipped + (header === undefined ? 0 : 1))
  const cells = header === undefined ? undefined : alignHeader(header, rows, found.fields)
  const { names } = headerNames(cells?.header ?? [], cells?.header.length ?? found.fields)
  return {
    delimiter: found.delimiter,
    recordsAbove: skipped + (header === undefined ? 0 : 1),
    headerRow: header === undefined ? null : skipped,
    header: header ?? null,
    wordyRows: areWordy(rows),
    names,
    given: cells?.header ?? null,
    unnamed: cells === undefined ? 0 : names.length - cells.header.findLastIndex((field) => field.trim() !== '') - 1,
    repairs: [
      ...titleRepair(found, skipped),
      ...(header === undefined ? [noHeader(names)] : []),
      ...(cells?.repairs ?? []),
    ],
  }
}

function toldHeader(records: DelimiterFound['records'], told: ReadOptions): HeaderFound | undefined {
  if (told.header_row === undefined) return undefined
  if (told.header_row === null) return { skipped: told.first_row ?? 0, header: undefined }
  const header = records[told.header_row]
  if (header !== undefined) return { skipped: told.header_row, header }
  throw new SignalboxError({
    code: 'FILE_UNREADABLE',
    message: `header_row is ${told.header_row}, but only ${records.length} records were looked at for a header`,
    suggestion: 'Give the zero-based record of the header, blank lines not counted.',
  })
}

function areWordy(rows: DelimiterFound['records']): boolean {
  const words = rows.filter((row) => row.length > 1 && /\S\s+\S/.test(row[0] ?? ''))
  return words.length > rows.length * 0.1
}

interface Aligned {
  readonly header: readonly string[]
  readonly repairs: readonly Repair[]
}

/** A header of another length than the rows below it: cut, padded, or moved past the names of rows. */
function alignHeader(header: readonly string[], rows: readonly (readonly string[])[], fields: number): Aligned {
  const lastNamed = header.findLastIndex((field) => field.trim() !== '') + 1
  if (header.length > fields) return { header: header.slice(0, Math.max(fields, lastNamed)), repairs: [] }
  const wider = rows.filter((row) => row.length > header.length)
  if (header.length === fields || wider.length < rows.length * 0.9) return { header, repairs: [] }
  if (wider.every((row) => row.slice(header.length).every((field) => field === ''))) return { header, repairs: [] }
  if (header.length === fields - 1) {
    const detail =
      'the header has one name less than the rows have fields: the first field was taken for the name of the row'
    return { header: ['', ...header], repairs: [{ code: 'row_names', detail, count: 1 }] }
  }
  const missing = fields - header.length
  const detail = 'the rows have more fields than the header has names'
  return {
    header: [...header, ...Array<string>(missing).fill('')],
    repairs: [{ code: 'header_short', detail, count: missing }],
  }
}

function titleRepair(found: DelimiterFound, skipped: number): Repair[] {
  if (skipped === 0) return []
  const titles = found.records.slice(0, skipped)
  const texts = titles.map((record) =>
    JSON.stringify(
      record
        .filter((field) => field !== '')
        .join(' ')
        .slice(0, 60),
    ),
  )
  return [{ code: 'title_rows', detail: `lines above the header were left out: ${listed(texts)}`, count: skipped }]
}

function noHeader(names: readonly string[]): Repair {
  return {
    code: 'no_header',
    detail: `the first row is data; the columns were named ${listed(names)}`,
    count: names.length,
  }
}
