import { z } from 'zod'
import { queryIntegerSchema } from './query-value.ts'

/** With a row, its values and what they come to in the prediction are in the answer. Rows are counted from 0, as in the file. */
export const lineageQuerySchema = z.object({ row: queryIntegerSchema({ min: 0, max: 2 ** 53 - 1 }).optional() })
export type LineageQuery = z.infer<typeof lineageQuerySchema>

const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const lineageColumnSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.enum(['raw', 'derived', 'label', 'model_term', 'prediction']),
    /** Why it does not reach the model, where it does not. */
    left_out: z.string().nullable(),
    /** In the row that was asked for. */
    value: cellSchema.optional(),
    /** Of a term: what it adds to the score of the row that was asked for. */
    contribution: z.number().optional(),
  })
  .meta({ id: 'LineageColumn' })
export type LineageColumn = z.infer<typeof lineageColumnSchema>

export const lineageEdgeSchema = z
  .object({
    source: z.string(),
    target: z.string(),
    /** The ids of the steps that make the one from the other; null where nothing changes. */
    step: z.string().nullable(),
    /** What happens on the way, in words. */
    text: z.string(),
    /** The same step by step; a rename changes no value. */
    steps: z.array(z.object({ id: z.string(), type: z.string(), text: z.string(), does: z.enum(['rename', 'change', 'create']) })),
  })
  .meta({ id: 'LineageEdge' })
export type LineageEdge = z.infer<typeof lineageEdgeSchema>

/** From raw column to model term. */
export const columnLineageAnswerSchema = z
  .object({
    columns: z.array(lineageColumnSchema),
    edges: z.array(lineageEdgeSchema),
    /** Of the row that was asked for: `start` and the contributions of the terms add up to `total`. */
    prediction: z
      .object({
        row: z.int(),
        /** Whether the model was trained on the row, judged by it, or it has no label. */
        side: z.enum(['train', 'test', 'unlabelled']),
        prediction: z.union([z.string(), z.number()]),
        probability: z.number().nullable(),
        start: z.number(),
        total: z.number(),
        /** The scale of the score. */
        link: z.string(),
        /** The class that the score is of, where there are classes. */
        explained: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'ColumnLineage' })
export type ColumnLineageAnswer = z.infer<typeof columnLineageAnswerSchema>
