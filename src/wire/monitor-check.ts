import { z } from 'zod'
import { alertRuleNames, driftVerdictSchema } from '#core/monitor'
import { idSchema } from './identifier.ts'
import { mostRows } from './prediction.ts'
import { timestampSchema } from './timestamp.ts'

export const checkBatchSchema = z
  .object({
    rows: z.array(z.unknown().meta({ type: 'object' })).max(mostRows).nullish(),
    dataset_id: idSchema.nullish(),
  })
  .refine(({ rows, dataset_id }) => (rows == null) !== (dataset_id == null), { message: 'give either rows or dataset_id' })
  .meta({ id: 'CheckBatch', description: 'Raw rows, columns named as in the training file, or a stored dataset. Where they hold the label too, performance is measured.' })

export const checkMethods = ['calibrated', 'evidently'] as const
/** Another method than the monitor's own, for this check. */
export const checkQuerySchema = z.object({ method: z.enum(checkMethods).optional() })

export const checkParametersSchema = z.object({ id: idSchema, check_id: idSchema })

/** Absent where a file comes instead. */
export const checkMonitorBodySchema = checkBatchSchema.nullish()

/** A file has no fields beside it. */
export const checkMonitorFieldsSchema = z.object({})

const alertRules = z.enum(alertRuleNames)

const binSchema = z.object({
  /** `range`: above `from` up to `to` (null is open). `level`: one value. The other levels are those that had no bin at training. */
  kind: z.enum(['missing', 'range', 'level', 'rare_levels', 'other_levels']),
  from: z.number().nullable(),
  to: z.number().nullable(),
  level: z.string().nullable(),
  reference_rows: z.int(),
  rows: z.int(),
})

const comparedSchema = z.object({
  verdict: driftVerdictSchema,
  /** Chance of a statistic at least this large where nothing drifted, at the sizes of both samples; null where too few rows came. */
  p_value: z.number().nullable(),
  /** Likelihood-ratio statistic G over the bins. */
  statistic: z.number().nullable(),
  /** What the statistic has to exceed for drift, all that is watched counted. */
  threshold: z.number().nullable(),
  /** Share of the rows that would have to change their bin to be spread as the training rows. */
  moved_share: z.number(),
  bins: z.array(binSchema),
})
export type ComparedBin = z.infer<typeof binSchema>

const measuredSchema = z.object({ value: z.number(), low: z.number(), high: z.number() })

export const performanceAnswerSchema = z.object({
  /** Rows of the batch with a readable label. */
  rows: z.int(),
  /** Labels that no class or number could be read from. */
  unreadable: z.int(),
  /** By metric, with a bootstrap 95 % interval, beside the same of the sealed test rows. */
  metrics: z.record(
    z.string(),
    measuredSchema.extend({ reference: measuredSchema.nullable(), verdict: z.enum(['better', 'worse', 'no distinguishable difference']).nullable() }),
  ),
  notes: z.array(z.string()),
})
export type PerformanceAnswer = z.infer<typeof performanceAnswerSchema>

const estimateSchema = z.object({
  /** By metric, what it is expected to be once the labels come, and its 95 % range; null where it cannot be said. */
  metrics: z.record(z.string(), measuredSchema.extend({ reference: measuredSchema.nullable() })).nullable(),
  note: z.string(),
})
export type EstimateAnswer = z.infer<typeof estimateSchema>

const evidentlySchema = z.object({
  columns: z.array(
    z.object({ column: z.string(), method: z.string().nullable(), score: z.number().nullable(), threshold: z.number().nullable(), drifted: z.boolean().nullable() }),
  ),
  drifted_columns: z.int(),
  drifted_share: z.number(),
  drift_share: z.number(),
  dataset_drift: z.boolean(),
})
export type EvidentlyAnswer = z.infer<typeof evidentlySchema>

const alertStateSchema = z.object({
  raised: z.boolean(),
  /** What the probability of a window has to reach. */
  level: z.number(),
  /** This batch, and it with those before it put together. */
  windows: z.array(z.object({ checks: z.int(), probability: z.number().nullable(), columns: z.array(z.string()), prediction: z.boolean() })),
})
export type AlertStateAnswer = z.infer<typeof alertStateSchema>

const columnSchema = comparedSchema.extend({
  column: z.string(),
  missing_share: z.number(),
  reference_missing_share: z.number(),
  /** Values that no training row had, the commonest first; at most 50 are named. */
  new_categories: z.array(z.string()),
  /** Share of the rows that hold one of them. */
  new_category_share: z.number(),
  /** How far the column's own term moves the mean score, on the scale of the model; of several classes, that which it moves most. */
  effect_on_score: z.number(),
  effect_by_class: z.record(z.string(), z.number()).nullable(),
  /** Cells that hold nothing of the type they had at training; they count as missing. */
  unreadable: z.int(),
  notes: z.array(z.string()),
})

const predictionSchema = comparedSchema.extend({
  /** How far the mean score moved: the sum of the effects of all inputs and pairs. */
  effect_on_score: z.number(),
  effect_by_class: z.record(z.string(), z.number()).nullable(),
})

export const checkMonitorAnswerSchema = z
  .object({
    monitor_id: idSchema,
    check_id: idSchema,
    created: timestampSchema,
    rows: z.int(),
    reference_rows: z.int(),
    verdict: driftVerdictSchema,
    false_alarm_rate: z.number(),
    /** The largest effect on the score first. */
    columns: z.array(columnSchema),
    /** What the model adds for two columns together, the largest effect on the score first. */
    pairs: z
      .array(
        z.object({
          name: z.string(),
          columns: z.array(z.string()),
          effect_on_score: z.number(),
          effect_by_class: z.record(z.string(), z.number()).nullable(),
        }),
      )
      // Checks that were kept before there were pairs have none.
      .default([]),
    /** Null where the prediction is not watched. */
    prediction: predictionSchema.nullable(),
    alerts: z.array(z.object({ rule: alertRules, text: z.string() })),
    /** What follows was added later; checks that were kept before have none of it. */
    method: z.enum(checkMethods).default('calibrated'),
    source: z.enum(['rows', 'file', 'dataset', 'captured']).default('rows'),
    alert: alertStateSchema.nullable().default(null),
    /** How the model does where the rows hold their label. */
    performance: performanceAnswerSchema.nullable().default(null),
    /** How it is expected to do before the labels come. */
    estimate: estimateSchema.nullable().default(null),
    /** The verdicts of Evidently's drift preset, where they were asked for. */
    evidently: evidentlySchema.nullable().default(null),
  })
  .meta({ id: 'MonitorCheck' })
export type CheckMonitorAnswer = z.infer<typeof checkMonitorAnswerSchema>
export type PairCheckAnswer = CheckMonitorAnswer['pairs'][number]
export type ColumnCheckAnswer = z.infer<typeof columnSchema>
export type PredictionCheckAnswer = z.infer<typeof predictionSchema>
