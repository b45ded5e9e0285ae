import { z } from 'zod'
import { columnSchema, columnTypeSchema } from '#core/dataset'
import { pipelineSpecSchema } from '#core/pipeline-spec'
import { taskNameSchema } from '#core/run-settings'
import { calibrationSchema, modelSchema } from './model-schema.ts'

/**
 * A pipeline and a model as one portable document. It holds no ids, times or names of runs, so that its hash says what
 * it does and nothing else.
 */
export const scorerSchema = z.strictObject({
  format: z.literal('signalbox-scorer'),
  version: z.literal(1),
  pipeline: z.strictObject({
    spec: pipelineSpecSchema,
    /** Columns of the raw table that the steps are bound to. */
    columns: z.array(columnSchema),
    /** Raw columns whose values reach the model, by name. */
    reads: z.array(z.string()),
    /** State of fitted steps by step id. */
    state: z.record(z.string(), z.json()),
  }),
  label: z.string(),
  task: taskNameSchema,
  classes: z.array(z.string()).nullable(),
  positive: z.string().nullable(),
  /** What the model reads after the pipeline: numbers, or text as categories. */
  features: z.array(z.strictObject({ name: z.string(), type: columnTypeSchema })),
  calibration: calibrationSchema,
  /** A row is called positive from this probability on. */
  threshold: z.number().nullable(),
  model: modelSchema,
})
export type ScorerDocument = z.infer<typeof scorerSchema>
