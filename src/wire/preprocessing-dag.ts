import { z } from 'zod'
import { phaseNameSchema } from '#core/phase-names'
import { jsonObjectSchema, jsonValueSchema } from './json-value.ts'

/** What a step did to the rows of the table. */
export const dagEffectSchema = z
  .object({
    /** So many rows were counted; of a larger table, a part that is the same each time. */
    rows: z.int(),
    rows_changed: z.int(),
    nulls_filled: z.int(),
    nulls_made: z.int(),
    /** By the column's name afterwards. */
    columns: z.record(z.string(), z.object({ changed_cells: z.int(), nulls_before: z.int(), nulls_after: z.int() })),
    /** Rows before and after, by display name: first those that it changed. */
    sample: z.array(z.object({ before: jsonObjectSchema, after: jsonObjectSchema })),
  })
  .meta({ id: 'DagEffect' })

export const dagNodeSchema = z
  .object({
    id: z.string(),
    type: z.enum(['raw_table', 'step', 'model_input']),
    label: z.string(),
    /** The phase whose decision brought it in. */
    phase: phaseNameSchema.nullable(),
    /** Display names of what it works on. */
    columns: z.array(z.string()),
    /** Type and parameters of a step, counts of a table. */
    detail: jsonValueSchema,
    /** What a step does to its columns, in words. */
    text: z.string().nullable(),
    effect: dagEffectSchema.nullable(),
  })
  .meta({ id: 'DagNode' })
export type DagNode = z.infer<typeof dagNodeSchema>

export const dagEdgeSchema = z.object({ source: z.string(), target: z.string(), /** What goes along it, by the names that it has at the source. */ columns: z.array(z.string()) }).meta({ id: 'DagEdge' })
export type DagEdge = z.infer<typeof dagEdgeSchema>

/** At least raw table → model input. */
export const preprocessingDagAnswerSchema = z
  .object({ nodes: z.array(dagNodeSchema), edges: z.array(dagEdgeSchema) })
  .meta({ id: 'PreprocessingDag' })
export type PreprocessingDagAnswer = z.infer<typeof preprocessingDagAnswerSchema>
