import { z } from 'zod'

export const lineageColumnSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.enum(['raw', 'derived', 'label', 'model_term']),
    /** Why it does not reach the model, where it does not. */
    left_out: z.string().nullable(),
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
  })
  .meta({ id: 'LineageEdge' })
export type LineageEdge = z.infer<typeof lineageEdgeSchema>

/** From raw column to model term. */
export const columnLineageAnswerSchema = z
  .object({ columns: z.array(lineageColumnSchema), edges: z.array(lineageEdgeSchema) })
  .meta({ id: 'ColumnLineage' })
export type ColumnLineageAnswer = z.infer<typeof columnLineageAnswerSchema>
