import { z } from 'zod'
import { columnTypeSchema } from '#core/dataset'
import { idSchema } from './identifier.ts'
import { jsonObjectSchema } from './json-value.ts'

/** The text fields beside the file of POST /v1/autotrain/summarize. */
export const summarizeFieldsSchema = z.object({
  team_id: idSchema.nullish(),
  /** Accepted for the sake of existing clients; no language model takes part. */
  textgen_config: z.string().max(100_000).nullish(),
})
export type SummarizeFields = z.infer<typeof summarizeFieldsSchema>

export const summarizeDatasetBodySchema = z
  .object({ dataset_id: idSchema, team_id: idSchema.nullish() })
  .meta({ id: 'SummarizeDataset' })
export type SummarizeDatasetBody = z.infer<typeof summarizeDatasetBodySchema>

export const datasetSummaryAnswerSchema = z
  .object({
    columns: z.array(z.string()),
    rows: z.int(),
    dtypes: z.record(z.string(), columnTypeSchema),
    missing_values: z.record(z.string(), z.int()),
    /** Facts of each column by its name. */
    statistics: jsonObjectSchema.nullable(),
    /** The stored dataset, and the run that was opened on it and waits for start_run. */
    metadata: z.object({ dataset_id: idSchema, run_id: idSchema, name: z.string() }),
  })
  .meta({ id: 'DatasetSummary' })
export type DatasetSummaryAnswer = z.infer<typeof datasetSummaryAnswerSchema>
