import { z } from 'zod'
import { columnTypes } from '#core/dataset'
import { taskNameSchema } from '#core/run-settings'
import { idSchema } from './identifier.ts'
import { deploymentPayloadAnswerSchema } from './deployment.ts'
import { timestampSchema } from './timestamp.ts'

const levelSchema = z.object({ level: z.string(), rows: z.int() })

const fieldSchema = z
  .object({
    name: z.string(),
    type: z.enum(columnTypes),
    /** Mean size of its contribution; null where it reaches the model only through other features. */
    importance: z.number().nullable(),
    rows: z.int(),
    missing: z.int(),
    /** Of a number, over the raw table: its ends, its middle, and rows in bins of equal width. */
    range: z.object({ min: z.number(), max: z.number(), median: z.number(), histogram: z.array(z.int()) }).nullable(),
    /** Of a date or a time: its ends as they are written. */
    dates: z.object({ min: z.string(), max: z.string() }).nullable(),
    /** The most frequent values of the others; `distinct` counts all. */
    levels: z.array(levelSchema).nullable(),
    distinct: z.int(),
  })
  .meta({ id: 'DeploymentField' })
export type DeploymentFieldAnswer = z.infer<typeof fieldSchema>

const calibrationSchema = z.union([
  z.object({ kind: z.literal('identity') }),
  z.object({ kind: z.literal('platt'), slope: z.number(), intercept: z.number() }),
  z.object({ kind: z.literal('isotonic'), scores: z.array(z.number()), probabilities: z.array(z.number()) }),
])

export const deploymentFormAnswerSchema = z
  .object({
    deployment_id: idSchema,
    model_id: idSchema,
    version_id: idSchema,
    run_id: idSchema.nullable(),
    model_name: z.string(),
    label: z.string(),
    task: taskNameSchema,
    classes: z.array(z.string()),
    positive: z.string().nullable(),
    /** From the score to the prediction: logit, softmax, log or identity. */
    link: z.string(),
    trainer: z.string(),
    /** From which probability on a row is called positive; null where there is none. */
    threshold: z.number().nullable(),
    /** How a score becomes a probability; null where it does not. */
    calibration: calibrationSchema.nullable(),
    active: z.boolean(),
    stopped: z.boolean(),
    created_by: z.string(),
    created: timestampSchema,
    /** The raw columns that the model reads, the most important first. */
    fields: z.array(fieldSchema),
    /** Raw rows to begin with, without the label. */
    rows: deploymentPayloadAnswerSchema,
  })
  .meta({ id: 'DeploymentForm' })
export type DeploymentFormAnswer = z.infer<typeof deploymentFormAnswerSchema>

/** The most rows of one trial. */
export const mostTrialRows = 1_000

export const tryDeploymentBodySchema = z
  .object({
    rows: z.array(z.unknown().meta({ type: 'object' })).max(mostTrialRows),
    threshold: z.number().min(0).max(1).nullish(),
    show_breakdown: z.boolean().nullish().meta({ default: true }),
  })
  .meta({ id: 'TryDeployment' })
export type TryDeploymentBody = z.output<typeof tryDeploymentBodySchema>
export type TryDeploymentInput = z.input<typeof tryDeploymentBodySchema>
