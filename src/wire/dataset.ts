import { z } from 'zod'
import { columnTypeSchema, readReportSchema } from '#core/dataset'
import { idSchema } from './identifier.ts'
import { queryBooleanSchema, queryIntegerSchema } from './query-value.ts'
import { timestampSchema } from './timestamp.ts'

/** How a file is to be read; what is left out is found out. */
export type { ReadOptions } from '#core/dataset'

/** The text fields beside the file. */
export const uploadDatasetFieldsSchema = z.object({
  name: z.string().min(1).max(500),
  description: z.string().max(10_000).nullish(),
  team_id: idSchema.nullish(),
  /** How the file is to be read, as JSON text of what a read report has as options; what is left out is found out. */
  read_options: z.string().max(10_000).nullish(),
})
export type UploadDatasetFields = z.infer<typeof uploadDatasetFieldsSchema>

export const uploadDatasetAnswerSchema = z
  .object({ dataset_id: idSchema, name: z.string(), status: z.literal('ready'), rows: z.int(), columns: z.int() })
  .meta({ id: 'UploadedDataset' })
export type UploadDatasetAnswer = z.infer<typeof uploadDatasetAnswerSchema>

export const datasetMetadataSchema = z.object({
  file_name: z.string(),
  /** SHA-256 of the stored table. */
  content_hash: z.string(),
  fields: z.array(z.object({ name: z.string(), type: columnTypeSchema })),
  read_report: readReportSchema,
})
export type DatasetMetadata = z.infer<typeof datasetMetadataSchema>

export const datasetAnswerSchema = z
  .object({
    dataset_id: idSchema,
    name: z.string(),
    description: z.string().nullable(),
    /** Bytes of the uploaded file. */
    size: z.int().nullable(),
    rows: z.int().nullable(),
    /** A count; the names are in metadata.fields. */
    columns: z.int().nullable(),
    created: timestampSchema.nullable(),
    metadata: datasetMetadataSchema.nullable(),
  })
  .meta({ id: 'Dataset' })
export type DatasetAnswer = z.infer<typeof datasetAnswerSchema>

export const datasetListAnswerSchema = z.array(datasetAnswerSchema)
export type DatasetListAnswer = z.infer<typeof datasetListAnswerSchema>

export const deleteDatasetAnswerSchema = z
  .object({ dataset_id: idSchema, status: z.literal('deleted') })
  .meta({ id: 'DeletedDataset' })
export type DeleteDatasetAnswer = z.infer<typeof deleteDatasetAnswerSchema>

export const previewQuerySchema = z.object({
  rows: queryIntegerSchema({ min: 1, max: 10_000 }).default(10),
  offset: queryIntegerSchema({ min: 0, max: 2 ** 53 - 1 }).default(0),
  /** Rows spread over the whole table, the same each time, instead of the first ones. */
  sample: queryBooleanSchema.default(false),
})
export type PreviewQuery = z.infer<typeof previewQuerySchema>

const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** Rows by display name. */
export const previewAnswerSchema = z.array(z.record(z.string(), cellSchema))
export type PreviewAnswer = z.infer<typeof previewAnswerSchema>

/**
 * The same for the side that writes it: its rows come typed from the data engine, and checking every cell of a large
 * preview would hold up other requests for half a second.
 */
export const writtenPreviewSchema = z.array(
  z.unknown().meta({ type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } }),
)

export const missingQuerySchema = z.object({
  /** Groups of rows that follow each other. */
  groups: queryIntegerSchema({ min: 1, max: 500 }).default(60),
})
export type MissingQuery = z.infer<typeof missingQuerySchema>

/** Where values are missing: the share of empty cells in each group of consecutive rows, by column. */
export const missingAnswerSchema = z
  .object({
    rows: z.int(),
    /** Rows of each group, in the order of the file. */
    groups: z.array(z.int()),
    columns: z.array(z.object({ name: z.string(), missing: z.int(), shares: z.array(z.number()) })),
  })
  .meta({ id: 'MissingValues' })
export type MissingAnswer = z.infer<typeof missingAnswerSchema>

export const downloadQuerySchema = z.object({ format: z.literal('csv').default('csv') })
export type DownloadQuery = z.infer<typeof downloadQuerySchema>

export const presignAnswerSchema = z.object({ url: z.url(), expires_at: timestampSchema }).meta({
  id: 'PresignedDataset',
  description: 'Where the stored Parquet file can be fetched without a key until it expires.',
})
export type PresignAnswer = z.infer<typeof presignAnswerSchema>
