import { z } from 'zod'
import { hashSchema } from './hash.ts'

/** How a column is stored: SQL DOUBLE, BIGINT, VARCHAR, BOOLEAN, DATE, TIMESTAMP. */
export const columnTypes = ['number', 'integer', 'text', 'boolean', 'date', 'timestamp'] as const
export const columnTypeSchema = z.enum(columnTypes)
export type ColumnType = z.infer<typeof columnTypeSchema>

/** A column: its stored name `c<i>`, and the name that people see. */
export const columnSchema = z.strictObject({ id: z.string().regex(/^c\d+$/), name: z.string().min(1), type: columnTypeSchema })
export type Column = z.infer<typeof columnSchema>

/** The stored row id of every dataset: zero-based, in file order. Every sample and LIMIT orders by it. */
export const rowIdColumn = 'row_id'

/** What reading the file decided and mended. */
export const readReportSchema = z.strictObject({
  format: z.enum(['csv', 'parquet']),
  encoding: z.string(),
  delimiter: z.string().nullable(),
  header_row: z.int().nullable(),
  bytes: z.int(),
  skipped_rows: z.int(),
  rejected_rows: z.int(),
  repairs: z.array(z.strictObject({ code: z.string(), detail: z.string(), count: z.int() })),
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
