import { asideReasons, readableDelimiters } from '#core/dataset'
import type { AsideReason, ReadOptions, ReadReport } from '#core/dataset'
import type { Converted } from './converted.ts'
import type { CsvLayout } from './csv-layout.ts'
import type { EncodingFound } from './find-encoding.ts'
import { headerNames } from './header-names.ts'
import type { Repair } from './header-names.ts'
import type { Staged } from './stage-csv.ts'
import type { StoredTable } from './store-staged.ts'

interface ReportInput {
  readonly found: EncodingFound
  readonly layout: CsvLayout
  readonly staged: Staged
  readonly bytes: number
  readonly stored: StoredTable
  readonly aside: ReadReport['set_aside']
}

/** What reading delimited text decided and mended. */
export function textReport({ found, layout, staged, bytes, stored, aside }: ReportInput): ReadReport {
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
    repairs: [...encodingRepairs(found), ...layout.repairs, ...nameRepairs(layout, stored.table.columns.length), ...staged.repairs, ...asideRepairs(aside), ...stored.repairs],
    options: {
      encoding,
      delimiter,
      header_row: layout.headerRow,
      ...(layout.headerRow === null ? { first_row: layout.recordsAbove } : {}),
      ...shownOptions(stored.shown),
    },
    set_aside: aside,
  }
}

function shownOptions({ decimal, date_order }: StoredTable['shown']): ReadOptions {
  return { ...(decimal === undefined ? {} : { decimal }), ...(date_order === undefined ? {} : { date_order }) }
}

/** Of the columns that stayed. */
function nameRepairs({ given }: CsvLayout, columns: number): readonly Repair[] {
  return given === null ? [] : headerNames(given.slice(0, columns), columns).repairs
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

/** The same for a file that was rewritten first: of its own delimiters there are none. */
export function convertedReport(report: ReadReport, converted: Converted): ReadReport {
  const { header_row, first_row, ...more } = report.options
  const header = converted.records ? {} : { header_row, ...(first_row === undefined ? {} : { first_row }) }
  return {
    ...report,
    format: converted.format,
    encoding: converted.encoding,
    delimiter: null,
    header_row: converted.records ? null : report.header_row,
    bytes: converted.bytes,
    repairs: [...converted.repairs, ...report.repairs],
    options: { ...converted.options, ...header, ...shownOptions(more) },
  }
}
