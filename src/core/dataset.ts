import { z } from 'zod'
import { hashSchema } from './hash.ts'

/** How a column is stored: SQL DOUBLE, BIGINT, VARCHAR, BOOLEAN, DATE, TIMESTAMP. */
export const columnTypes = ['number', 'integer', 'text', 'boolean', 'date', 'timestamp'] as const
export const columnTypeSchema = z.enum(columnTypes)
export type ColumnType = z.infer<typeof columnTypeSchema>

/** How a file wrote the numbers or dates of a column where that is not plain, so that single rows may write them so too. */
export const notations = ['decimal_comma', 'thousands_comma', 'thousands_point', 'day_first', 'month_first', 'year_first'] as const
export const notationSchema = z.enum(notations)
export type Notation = z.infer<typeof notationSchema>

/** A column: its stored name `c<i>`, and the name that people see. */
export const columnSchema = z.strictObject({ id: z.string().regex(/^c\d+$/), name: z.string().min(1), type: columnTypeSchema, notation: notationSchema.optional() })
export type Column = z.infer<typeof columnSchema>

/** The stored row id of every dataset: zero-based, in file order. Every sample and LIMIT orders by it. */
export const rowIdColumn = 'row_id'

export const readableEncodings = ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export const readableDelimiters = [',', ';', '\t', '|'] as const

/** How a file is to be read, as far as that is told; what is not told is found out. */
export const readOptionsSchema = z.strictObject({
  encoding: z.enum(readableEncodings).optional(),
  /** Null where each line is one field. */
  delimiter: z.enum(readableDelimiters).nullable().optional(),
  /** Zero-based record of the header, blank lines not counted; null where there is none. */
  header_row: z.int().min(0).nullable().optional(),
  /** Zero-based record of the first row of data; only where there is no header. */
  first_row: z.int().min(0).optional(),
  /** The mark before the fraction of a number. */
  decimal: z.enum(['.', ',']).optional(),
  /** Of dates such as 1/2/2024. */
  date_order: z.enum(['day_first', 'month_first']).optional(),
  /** The sheet of a workbook. */
  sheet: z.string().min(1).optional(),
})
export type ReadOptions = z.infer<typeof readOptionsSchema>

/** Why a row of the file is not a row of the table. */
export const asideReasons = ['too_many_fields', 'repeated_header', 'total_row', 'junk_row'] as const
export type AsideReason = (typeof asideReasons)[number]

/** What reading the file decided and mended. */
export const readReportSchema = z.strictObject({
  format: z.enum(['csv', 'parquet', 'json', 'ndjson', 'xlsx']),
  encoding: z.string(),
  delimiter: z.string().nullable(),
  header_row: z.int().nullable(),
  bytes: z.int(),
  skipped_rows: z.int(),
  rejected_rows: z.int(),
  repairs: z.array(z.strictObject({ code: z.string(), detail: z.string(), count: z.int() })),
  /** With these the same bytes are read the same again. Reports of earlier versions have none. */
  options: readOptionsSchema.default({}),
  /** The rows that were set aside, as a CSV file of its own. */
  set_aside: z.strictObject({ hash: hashSchema, rows: z.int(), reasons: z.partialRecord(z.enum(asideReasons), z.int()) }).nullable().default(null),
})
export type ReadReport = z.infer<typeof readReportSchema>

/** A stored table: one Parquet file under its content hash, and what its columns mean. */
export const tableSchema = z.strictObject({ hash: hashSchema, rows: z.int().min(0), columns: z.array(columnSchema) })
export type Table = z.infer<typeof tableSchema>

const countedValue = z.strictObject({ value: z.string(), count: z.int() })

/** Exact facts of one column over all rows. */
export const columnProfileSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  type: columnTypeSchema,
  missing: z.int(),
  distinct: z.int(),
  /** The most frequent values as text, ties by value. */
  top: z.array(countedValue),
  /** Present for numbers, and for dates as days or seconds since 1970. */
  numeric: z.strictObject({ min: z.number(), max: z.number(), mean: z.number(), sd: z.number(), zeros: z.int(), quantiles: z.array(z.number()), histogram: z.array(z.int()) }).nullable(),
  /** Present for text: the range of lengths. */
  text: z.strictObject({ shortest: z.int(), longest: z.int(), padded: z.int() }).nullable(),
})
export type ColumnProfile = z.infer<typeof columnProfileSchema>

export const profileSchema = z.strictObject({ rows: z.int(), duplicate_rows: z.int(), columns: z.array(columnProfileSchema) })
export type Profile = z.infer<typeof profileSchema>
