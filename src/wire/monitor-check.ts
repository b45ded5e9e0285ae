import { z } from 'zod'
import { driftVerdictSchema } from '#core/monitor'
import { idSchema } from './identifier.ts'
import { mostRows } from './prediction.ts'
import { timestampSchema } from './timestamp.ts'

export const checkBatchSchema = z
  .object({ rows: z.array(z.unknown().meta({ type: 'object' })).max(mostRows) })
  .meta({ id: 'CheckBatch', description: 'Raw rows, columns named as in the training file.' })

/** Absent where a file comes instead. */
export const checkMonitorBodySchema = checkBatchSchema.nullish()

/** A file has no fields beside it. */
export const checkMonitorFieldsSchema = z.object({})

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
    alerts: z.array(z.object({ rule: z.enum(['monitor', 'threshold', 'trend', 'volume']), text: z.string() })),
  })
  .meta({ id: 'MonitorCheck' })
export type CheckMonitorAnswer = z.infer<typeof checkMonitorAnswerSchema>
export type PairCheckAnswer = CheckMonitorAnswer['pairs'][number]
export type ColumnCheckAnswer = z.infer<typeof columnSchema>
export type PredictionCheckAnswer = z.infer<typeof predictionSchema>
