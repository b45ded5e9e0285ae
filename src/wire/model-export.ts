import { z } from 'zod'
import { idSchema } from './identifier.ts'
import { queryBooleanSchema } from './query-value.ts'

/** The languages that a pipeline and its model are exported to. */
export const exportFormats = ['js', 'json', 'sql', 'python', 'onnx'] as const
export const exportFormatSchema = z.enum(exportFormats)
export type ExportFormatName = z.infer<typeof exportFormatSchema>

export const exportQuerySchema = z.object({
  format: exportFormatSchema,
  /** Rows of the training table with their scores, so that the file can verify itself. They are personal data where the table is. */
  check_rows: queryBooleanSchema.default(true),
  /** Name of the table that an SQL export reads. */
  table: z.string().min(1).max(200).default('rows'),
})
export type ExportQuery = z.infer<typeof exportQuerySchema>

export const exportAbilitySchema = z
  .object({
    format: exportFormatSchema,
    file_name: z.string(),
    content_type: z.string(),
    /** Whether this version can be said in the format. */
    available: z.boolean(),
    /** What it takes: rows as the API takes them, or rows that are prepared already. */
    takes: z.enum(['raw_rows', 'prepared_rows']),
    /** Code and sentence where it cannot be said. */
    refusal: z.object({ code: z.string(), message: z.string() }).nullable(),
    /** What the file says and does not say of this version. */
    note: z.string(),
    /** Whether the server scores the check rows with the file before it hands it out. */
    verified_at_export: z.boolean(),
    /** The command that verifies the file. */
    verify: z.string(),
  })
  .meta({ id: 'ExportAbility' })
export type ExportAbility = z.infer<typeof exportAbilitySchema>

export const exportListAnswerSchema = z.object({ version_id: idSchema, formats: z.array(exportAbilitySchema) })
export type ExportListAnswer = z.infer<typeof exportListAnswerSchema>

/** What scoring the check rows gave; numbers above 1 are compared by their share. */
export const exportCheckSchema = z.object({ rows: z.int(), largest_difference: z.number(), different_predictions: z.int() })
export type ExportCheck = z.infer<typeof exportCheckSchema>

/** Headers of an exported file, beside its name. */
export const exportHeaders = { hash: 'x-signalbox-sha256', checkedRows: 'x-signalbox-checked-rows', largestDifference: 'x-signalbox-largest-difference', takes: 'x-signalbox-takes' } as const
