import { z } from 'zod'
import { phaseNameSchema } from '#core/phase-names'
import { jsonValueSchema } from './json-value.ts'

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
  })
  .meta({ id: 'DagNode' })
export type DagNode = z.infer<typeof dagNodeSchema>

export const dagEdgeSchema = z.object({ source: z.string(), target: z.string() }).meta({ id: 'DagEdge' })
export type DagEdge = z.infer<typeof dagEdgeSchema>

/** At least raw table → model input. */
export const preprocessingDagAnswerSchema = z
  .object({ nodes: z.array(dagNodeSchema), edges: z.array(dagEdgeSchema) })
  .meta({ id: 'PreprocessingDag' })
export type PreprocessingDagAnswer = z.infer<typeof preprocessingDagAnswerSchema>
