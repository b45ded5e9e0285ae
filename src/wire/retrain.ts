import { z } from 'zod'
import { runStatuses } from '#core/phase-names'
import { idSchema } from './identifier.ts'
import { jsonObjectSchema } from './json-value.ts'

const stepIdSchema = z.string().min(1).max(200)

const stepSchema = z.strictObject({
  id: stepIdSchema,
  type: z.string().min(1).max(100),
  columns: z.array(z.string()).optional(),
  params: jsonObjectSchema.default({}),
  description: z.string().max(2_000).optional(),
})
const newStepSchema = stepSchema.extend({ id: stepIdSchema.optional() })

/** What a retrain changes of its parent; other keys are refused. `{}` trains the same model again. */
export const retrainBodySchema = z
  .strictObject({
    /** Another table with the columns that the model needs. */
    dataset_id: idSchema.nullish(),
    /** The pipeline of data_preparation, in place of the parent's. */
    spec: z.strictObject({ version: z.literal('2.0').default('2.0'), steps: z.array(stepSchema).max(1_000) }).nullish(),
    /** Steps that come after those of the pipeline. */
    add_steps: z.array(newStepSchema).max(1_000).nullish(),
    /** Steps of data_preparation to leave out, by id. */
    remove_steps: z.array(stepIdSchema).max(1_000).nullish(),
    /** Settings of the trainer, as custom_value of model_training; those that are not named stay the parent's. */
    parameters: jsonObjectSchema.nullish(),
    /** Directions by feature, in place of the parent's; `{}` wants none. */
    monotonic_constraints: z.record(z.string(), z.string()).nullish(),
    name: z.string().min(1).max(500).nullish(),
    /** Phases that ask; without it none does, unless what the parent decided no longer fits. */
    require_approval: z.array(z.string().max(100)).max(100).nullish(),
  })
  .meta({ id: 'Retrain' })
export type RetrainBody = z.output<typeof retrainBodySchema>
/** The same as a client may write it. */
export type RetrainInput = z.input<typeof retrainBodySchema>

export const retrainAnswerSchema = z
  .object({ run_id: idSchema, status: z.enum(runStatuses), parent_run_id: idSchema })
  .meta({ id: 'RetrainedRun' })
export type RetrainAnswer = z.infer<typeof retrainAnswerSchema>
